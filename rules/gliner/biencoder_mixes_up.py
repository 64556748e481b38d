"""`label_smoothing` in a bi-encoder or decoder span model: it arrives as another argument of the loss.

The call hands it on by position and it lands in `prob_margin` (gliner 0.2.29, modeling/base.py:1672, 2328: a smoothing
of 0.3 changes the loss from 416.9 to 154.9); `focal_loss_prob_margin` and `loss_type` do nothing there.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.documents.node import dotted
from ..finding import ERROR, WARNING
from ..rule import Example, Report, Rule, show
from ._example import BIENCODER, TRAINING
from ._kind import BIENCODER as KIND
from ._kind import DECODER, TITLES, kind, token_level

UNREAD = {"focal_loss_prob_margin": (0,), "loss_type": ("focal", "bce")}


def check(config: Config) -> Iterator[Report]:
    found = kind(config)
    if found not in (KIND, DECODER) or token_level(config):
        return
    smoothing = config.get("label_smoothing")
    if smoothing is not None and isinstance(smoothing.value, (int, float)) and smoothing.value:
        yield Report(
            smoothing.path,
            f"`{dotted(smoothing.path[-1:])}: {show(smoothing.value)}` is taken for the probability margin by "
            f"{TITLES[found]}",
            effect=f"no smoothing, and a margin of {show(smoothing.value)} instead",
            help="remove it for this kind of model",
        )
    for parameter, harmless in UNREAD.items():
        setting = config.get(parameter)
        if setting is not None and setting.value is not None and setting.value not in harmless:
            yield Report(
                setting.path,
                f"`{dotted(setting.path[-1:])}: {show(setting.value)}` has no effect in {TITLES[found]}",
                effect="the loss does not read it",
                help="remove it",
                severity=WARNING if parameter != "loss_type" else ERROR,
            )


RULE = Rule(
    "GA312",
    "smoothing-becomes-margin",
    ERROR,
    ("args.label_smoothing", "args.focal_loss_prob_margin", "args.loss_type"),
    check,
    bad=(Example(BIENCODER + "training:\n  label_smoothing: 0.1\n", ("training.label_smoothing",)),),
    good=(
        Example(TRAINING + "  label_smoothing: 0.1\n"),
        Example(BIENCODER + "training:\n  label_smoothing: 0\n"),
    ),
    doc=__doc__,
)
