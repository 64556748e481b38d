"""An interval in steps that is neither a whole number nor a share of the run.

Below 1 an interval is a share of all steps, from 1 on it must be whole; `logging_steps: 0` is refused, and so is
evaluation in steps when neither `eval_steps` nor `logging_steps` is set (transformers 5.16.1, training_args.py
_validate_args: ValueError). The strategy must be "steps" for the interval to count.
"""

import math
from collections.abc import Iterator

from ...audit.config import Config
from ..finding import ERROR
from ..rule import Example, Report, Rule
from ._example import ARGS, number, said


def check(config: Config) -> Iterator[Report]:
    for what in ("logging", "eval", "save"):
        setting = config.get(f"{what}_steps")
        if setting is None or config.plan.value(f"{what}_strategy") != "steps":
            continue
        value = number(setting.value)
        if value is None:
            continue
        if isinstance(value, float) and 1 < value < math.inf and not value.is_integer():
            yield Report(
                setting.path,
                f"{said(setting)} is no whole number of steps",
                effect="training stops with a ValueError before it starts",
                help=f"write {int(value)}, or a share of the run below 1",
            )
        elif what == "logging" and value == 0:
            yield Report(
                setting.path,
                f"{said(setting)}: logging in steps needs a number of steps",
                effect="training stops with a ValueError before it starts",
                help="write 1 or more, or `logging_strategy: 'no'`",
            )


RULE = Rule(
    "GA402",
    "steps-not-whole",
    ERROR,
    ("args.logging_steps", "args.eval_steps", "args.save_steps"),
    check,
    bad=(
        Example(ARGS + "logging_steps: 10.5\n", ("logging_steps",)),
        Example(ARGS + "logging_steps: 0\n", ("logging_steps",)),
    ),
    good=(Example(ARGS + "logging_steps: 0.1\nsave_steps: 100\n"),),
    doc=__doc__,
)
