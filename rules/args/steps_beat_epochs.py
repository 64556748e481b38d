"""`max_steps` beside `num_train_epochs`: the steps decide and the epochs are not looked at.

A positive max_steps is the length of the run (transformers 5.16.1, trainer.py:697).
"""

from collections.abc import Iterator

from ...audit.config import Config
from ..finding import WARNING
from ..rule import Example, Report, Rule
from ._example import ARGS, number, said


def check(config: Config) -> Iterator[Report]:
    epochs, steps = config.get("num_train_epochs"), config.get("max_steps")
    if epochs is None or steps is None or epochs.value is None:
        return
    total = number(steps.value)
    if total is not None and total > 0:
        yield Report(
            epochs.path,
            f"{said(epochs)} has no effect: {said(steps)} decides the length of the run",
            effect=f"training runs {int(total)} steps",
            help="remove one of the two; `max_steps: -1` lets the epochs decide",
            related=((steps.path, "this one wins"),),
        )


RULE = Rule(
    "GA408",
    "steps-beat-epochs",
    WARNING,
    ("args.num_train_epochs",),
    check,
    bad=(Example(ARGS + "max_steps: 100\n", ("num_train_epochs",)),),
    good=(Example(ARGS + "max_steps: -1\n"),),
    doc=__doc__,
)
