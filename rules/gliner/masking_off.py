"""`negatives` below 1 with `masking: none`: nothing is masked, so nothing is sampled.

`negatives` is the chance that a negative is kept, and only the modes global, label and span look at it (gliner 0.2.29,
modeling/base.py:251-270). `train_model` has masking "none" by default, the TrainingArguments class "global".
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.documents.node import dotted
from ..finding import WARNING
from ..rule import Example, Report, Rule, show
from ._example import TRAINING
from ._kind import token_level


def check(config: Config) -> Iterator[Report]:
    negatives = config.get("negatives")
    if negatives is None or token_level(config) or config.plan.value("masking") != "none":
        return
    if isinstance(negatives.value, bool) or not isinstance(negatives.value, (int, float)) or negatives.value == 1:
        return
    masking = config.plan.args["masking"]
    by = "here" if masking.path is not None else f"by default in {masking.layer}"
    yield Report(
        negatives.path,
        f"`{dotted(negatives.path[-1:])}: {show(negatives.value)}` has no effect: masking is `none` {by}",
        effect="every negative counts in the loss",
        help="add `masking: global`, or remove it",
        related=() if masking.path is None else ((masking.path, "masking is off here"),),
    )


RULE = Rule(
    "GA307",
    "negatives-without-masking",
    WARNING,
    ("args.negatives",),
    check,
    bad=(Example(TRAINING + "  negatives: 0.5\n  masking: none\n", ("training.negatives",)),),
    good=(
        Example(TRAINING + "  negatives: 0.5\n  masking: global\n"),
        Example(TRAINING + "  negatives: 1.0\n  masking: none\n"),
    ),
    doc=__doc__,
)
