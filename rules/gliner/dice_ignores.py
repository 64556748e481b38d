"""`loss_type: dice` beside settings of the focal loss.

The dice loss reads neither alpha, gamma, label smoothing nor the probability margin (gliner 0.2.29,
modeling/base.py:232-245).
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.documents.node import dotted
from ..finding import WARNING
from ..rule import Example, Report, Rule, show
from ._example import TRAINING

FOCAL = {"focal_loss_alpha": -1, "focal_loss_gamma": 0, "focal_loss_prob_margin": 0, "label_smoothing": 0}


def check(config: Config) -> Iterator[Report]:
    loss = config.get("loss_type")
    if loss is None or loss.value != "dice":
        return
    for parameter, default in FOCAL.items():
        setting = config.get(parameter)
        if setting is not None and setting.value is not None and setting.value != default:
            yield Report(
                setting.path,
                f"`{dotted(setting.path[-1:])}: {show(setting.value)}` has no effect with `loss_type: dice`",
                effect="the dice loss does not read it",
                help="remove it, or train with `loss_type: focal`",
                related=((loss.path, "the loss is chosen here"),),
            )


RULE = Rule(
    "GA308",
    "dice-ignores",
    WARNING,
    ("args.loss_type",),
    check,
    bad=(Example(TRAINING + "  loss_type: dice\n  loss_gamma: 2\n", ("training.loss_gamma",)),),
    good=(Example(TRAINING + "  loss_type: focal\n  loss_gamma: 2\n  loss_alpha: 0.75\n"),),
    doc=__doc__,
)
