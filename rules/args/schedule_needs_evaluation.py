"""A learning-rate schedule that follows a metric, in a run that never evaluates.

`reduce_lr_on_plateau` and `greedy` look at the evaluation's metric; TrainingArguments refuses them with
`eval_strategy: no`, its default (transformers 5.16.1, training_args.py _validate_args: ValueError).
"""

from collections.abc import Iterator

from ...audit.config import Config
from ..finding import ADVICE, ERROR
from ..rule import Example, Report, Rule
from ._example import ARGS, said


def check(config: Config) -> Iterator[Report]:
    schedule = config.get("lr_scheduler_type")
    if schedule is None or schedule.value not in ("reduce_lr_on_plateau", "greedy"):
        return
    if config.plan.value("eval_strategy") == "no":
        yield Report(
            schedule.path,
            f"{said(schedule)} follows a metric, but eval_strategy is `no`",
            effect="training stops with a ValueError before it starts",
            help="add `eval_strategy: epoch` (or steps), or take a schedule that needs no metric",
        )
    elif config.plan.value("metric_for_best_model") is None:
        yield Report(
            schedule.path,
            f"{said(schedule)} follows the loss: `metric_for_best_model` is not set",
            effect="the learning rate falls when the evaluation loss stops falling",
            help="write `metric_for_best_model: eval_loss`, or the metric that you mean",
            severity=ADVICE,
        )


RULE = Rule(
    "GA404",
    "schedule-needs-evaluation",
    ERROR,
    ("args.lr_scheduler_type",),
    check,
    bad=(Example(ARGS + "lr_scheduler_type: reduce_lr_on_plateau\n", ("lr_scheduler_type",)),),
    good=(Example(ARGS + "lr_scheduler_type: reduce_lr_on_plateau\neval_strategy: epoch\n"),),
    doc=__doc__,
)
