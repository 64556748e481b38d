"""`load_best_model_at_end` with checkpoints and evaluations that do not meet.

The strategies must be the same, unless `save_strategy` is "best", and in steps the checkpoints must fall on evaluations
(transformers 5.16.1, training_args.py _validate_args: ValueError). Defaults count: `eval_strategy` is "no" and
`save_strategy` "steps" when the file does not say. `save_strategy: best` without it needs `metric_for_best_model`
(trainer.py:658).
"""

from collections.abc import Iterator

from ...audit.config import Config
from ..finding import ERROR
from ..rule import Example, Report, Rule, show
from ._example import ARGS, number, said

# Schedules that make TrainingArguments fill in the loss as the metric (training_args.py:1545).
FILLS = ("reduce_lr_on_plateau", "greedy")
STOPS = "training stops with a ValueError before it starts"


def check(config: Config) -> Iterator[Report]:
    best = config.get("load_best_model_at_end")
    plan = config.plan
    strategy = config.get("save_strategy")
    filled = (best is not None and bool(best.value)) or plan.value("lr_scheduler_type") in FILLS
    if strategy is not None and strategy.value == "best" and not filled and plan.value("metric_for_best_model") is None:
        yield Report(
            strategy.path,
            f"{said(strategy)} needs `metric_for_best_model`",
            effect="training stops with a ValueError when the Trainer is made",
            help="write `metric_for_best_model: eval_loss`, or the metric that you mean",
        )
    save, evaluate = plan.value("save_strategy"), plan.value("eval_strategy")
    if best is None or not best.value or save == "best":
        return
    if config.misnamed("eval_strategy") or not isinstance(save, str) or not isinstance(evaluate, str):
        return
    if save != evaluate:
        sides = [setting for name in ("eval_strategy", "save_strategy") if (setting := config.get(name)) is not None]
        yield Report(
            best.path,
            f"{said(best)} needs the same strategy on both sides: eval_strategy is `{evaluate}`, "
            f"save_strategy is `{save}`",
            effect=STOPS,
            help=f"write `eval_strategy: {save}`" if evaluate == "no" else f"write `save_strategy: {evaluate}`",
            related=tuple((setting.path, "set here") for setting in sides),
        )
    elif save == "steps":
        every, at = number(plan.value("save_steps")), number(plan.value("eval_steps"))
        at = at or number(plan.value("logging_steps"))
        if every is None or not at or _meets(every, at):
            return
        setting = config.get("save_steps") or config.get("eval_steps") or best
        yield Report(
            setting.path,
            f"save_steps {show(plan.value('save_steps'))} is no multiple of eval_steps {show(at)}, as "
            f"{said(best)} needs",
            effect=STOPS,
            help=f"write `save_steps: {show(plan.value('eval_steps') or at)}`, or a multiple of it",
            related=((best.path, "the best model is asked for here"),),
        )


def _meets(save: float, evaluate: float) -> bool:
    """As the library counts: both whole, or both shares of the run."""
    if (save < 1) != (evaluate < 1):
        return save % evaluate == 0
    scale = 1_000_000 if save < 1 else 1
    return (save * scale) % (evaluate * scale) == 0


RULE = Rule(
    "GA403",
    "best-model-unmatched",
    ERROR,
    ("args.load_best_model_at_end", "args.save_strategy"),
    check,
    bad=(
        Example(ARGS + "load_best_model_at_end: true\n", ("load_best_model_at_end",)),
        Example(
            ARGS + "load_best_model_at_end: true\neval_strategy: steps\neval_steps: 200\nsave_steps: 500\n",
            ("save_steps",),
        ),
        Example(ARGS + "save_strategy: best\neval_strategy: epoch\n", ("save_strategy",)),
    ),
    good=(
        Example(ARGS + "save_strategy: best\neval_strategy: epoch\nmetric_for_best_model: eval_loss\n"),
        Example(ARGS + "load_best_model_at_end: true\neval_strategy: steps\neval_steps: 250\nsave_steps: 500\n"),
        Example(ARGS + "load_best_model_at_end: true\neval_strategy: epoch\nsave_strategy: best\n"),
    ),
    doc=__doc__,
)
