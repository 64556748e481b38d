"""A loss setting that token-level models do not read: `masking`, `negatives`, `loss_type`, `dice_gamma`,
`use_span_width_weight`.

The loss of token-level models takes neither (gliner 0.2.29, modeling/base.py:1305: they fall into `**kwargs`); the loss
is the same number with and without them. At its default such a key does no harm; at any other value what is trained is
not what is written.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.documents.node import dotted
from ..finding import ERROR, WARNING
from ..rule import Example, Report, Rule, show
from ._example import TOKEN, TRAINING
from ._kind import token_level

IGNORED = {
    "masking": ("none", "global"),
    "negatives": (1.0,),
    "loss_type": ("focal", "bce"),
    "dice_gamma": (1.0,),
    "use_span_width_weight": (False,),
}


def check(config: Config) -> Iterator[Report]:
    if not token_level(config):
        return
    for parameter, harmless in IGNORED.items():
        setting = config.get(parameter)
        if setting is not None and setting.value is not None:
            yield Report(
                setting.path,
                f"`{dotted(setting.path[-1:])}: {show(setting.value)}` has no effect: the loss of a token-level model "
                "does not read it",
                effect="training goes on as if it were not there",
                help="remove it, or train a span model",
                severity=WARNING if setting.value in harmless else ERROR,
            )


RULE = Rule(
    "GA304",
    "token-level-ignores",
    ERROR,
    tuple(f"args.{parameter}" for parameter in IGNORED),
    check,
    bad=(Example(TOKEN + "training:\n  negatives: 0.5\n", ("training.negatives",)),),
    good=(Example(TRAINING + "  masking: global\n  negatives: 0.5\n"),),
    doc=__doc__,
)
