"""A warm-up that does not do what it says.

With the `constant` schedule there is none (it takes no warm-up argument); where both are set, whole `warmup_steps` win
over `warmup_ratio`; `warmup_steps: 1.0` is one step, not the whole run, since only values below 1 are shares
(transformers 5.16.1, training_args.py get_warmup_steps; gliner 0.2.29, trainer.py get_warmup_steps); a warm-up as long
as the run never reaches the learning rate.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ..finding import WARNING
from ..rule import Example, Report, Rule, show
from ._example import ARGS, number, said

# From here on it is no number of steps, and .nan compares with nothing.
_BEYOND = 2**63


def check(config: Config) -> Iterator[Report]:
    steps, ratio = config.get("warmup_steps"), config.get("warmup_ratio")
    whole = None if steps is None else number(steps.value)
    share = None if ratio is None else number(ratio.value)
    schedule = config.plan.value("lr_scheduler_type")
    for setting, value in ((steps, whole), (ratio, share)):
        if setting is not None and value and schedule == "constant":
            yield Report(
                setting.path,
                f"{said(setting)} has no effect: the `constant` schedule takes no warm-up",
                effect="the first step has the full learning rate",
                help="write `lr_scheduler_type: constant_with_warmup`",
            )
            return
    if steps is not None and ratio is not None and whole and share:
        yield Report(
            ratio.path,
            f"{said(ratio)} has no effect: {said(steps)} wins",
            effect=f"the warm-up is {show(whole)} steps" if whole >= 1 else f"the warm-up is {show(whole)} of the run",
            help="keep one of the two",
            related=((steps.path, "this one wins"),),
        )
    if steps is None or whole is None or not 0 <= whole < _BEYOND:
        return
    length = f"{int(whole)} step{'s' if whole >= 2 else ''}"
    if isinstance(steps.value, float) and whole >= 1 and (whole == 1 or whole != int(whole)):
        yield Report(
            steps.path,
            f"{said(steps)} is {length}: only values below 1 are a share of the run",
            effect=f"the warm-up is {length}",
            help="write a whole number of steps, or a share below 1",
        )
    total = config.plan.derived.total_steps
    if total is not None and whole >= total and config.get("max_steps") is not None:
        yield Report(
            steps.path,
            f"{said(steps)} is as long as the run of {total} steps",
            effect="the learning rate is never reached",
            help=f"write less than {total}, such as {max(total // 10, 1)}",
        )


RULE = Rule(
    "GA407",
    "warmup-not-as-written",
    WARNING,
    ("args.warmup_steps", "args.warmup_ratio"),
    check,
    bad=(
        Example(ARGS + "lr_scheduler_type: constant\nwarmup_steps: 100\n", ("warmup_steps",)),
        Example(ARGS + "warmup_steps: 1.0\n", ("warmup_steps",)),
        Example(
            "model:\n  model_name: a/b\n  span_mode: markerV0\ntraining:\n  warmup_steps: 9\n  warmup_ratio: 0.1\n",
            ("training.warmup_ratio",),
        ),
    ),
    good=(Example(ARGS + "lr_scheduler_type: constant_with_warmup\nwarmup_steps: 0.03\n"),),
    doc=__doc__,
)
