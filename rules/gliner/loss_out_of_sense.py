"""A loss setting beyond what makes sense: the library takes it and trains on a strange loss.

GLiNER checks no range (gliner 0.2.29): `focal_loss_alpha: 3` gives negatives a weight of -2 and a falling loss below
zero, a negative gamma makes easy examples count most, a smoothing over 1 turns labels around, `negatives` is a chance.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.documents.node import dotted
from ..finding import WARNING
from ..rule import Example, Report, Rule, show
from ._example import TRAINING

# parameter: (lowest, highest, another legal value, what happens beyond)
SENSE: dict[str, tuple[float, float, float | None, str]] = {
    "focal_loss_alpha": (0, 1, -1, "negatives get a negative weight, and the loss falls below zero"),
    "rel_focal_loss_alpha": (0, 1, -1, "negatives get a negative weight, and the loss falls below zero"),
    "focal_loss_gamma": (0, 100, None, "easy examples count more than hard ones"),
    "rel_focal_loss_gamma": (0, 100, None, "easy examples count more than hard ones"),
    "label_smoothing": (0, 1, None, "labels are pushed past the middle: right becomes wrong"),
    "negatives": (0, 1, None, "it is the chance that a negative is kept: 1 and more keep all, 0 and less none"),
    "focal_loss_prob_margin": (0, 1, None, "it is taken off probabilities, which lie between 0 and 1"),
}


def check(config: Config) -> Iterator[Report]:
    for parameter, (low, high, other, effect) in SENSE.items():
        setting = config.get(parameter)
        value = None if setting is None else setting.value
        if setting is None or isinstance(value, bool) or not isinstance(value, (int, float)):
            continue
        if not low <= value <= high and value != other:
            also = f", or {show(other)} to switch it off" if other is not None else ""
            yield Report(
                setting.path,
                f"`{dotted(setting.path[-1:])}: {show(value)}` is beyond {show(low)} to {show(high)}, and the library "
                "does not check it",
                effect=effect,
                help=f"write a value from {show(low)} to {show(high)}{also}",
            )


RULE = Rule(
    "GA309",
    "loss-out-of-sense",
    WARNING,
    tuple(f"args.{parameter}" for parameter in SENSE),
    check,
    bad=(
        Example(
            TRAINING + "  loss_alpha: 3\n  label_smoothing: 4\n", ("training.loss_alpha", "training.label_smoothing")
        ),
    ),
    good=(Example(TRAINING + "  loss_alpha: -1\n  loss_gamma: 2\n  label_smoothing: 0.1\n"),),
    doc=__doc__,
)
