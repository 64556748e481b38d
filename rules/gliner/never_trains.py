"""A model setting that cannot be trained: the first step stops, or the loss is 0 for ever.

`use_span_width_weight: true` breaks the loss of every uni-encoder span model (gliner 0.2.29, modeling/base.py:614-623:
the weight does not fit the labels); `precomputed_prompts_mode: true` from scratch gives a constant loss of 0.0.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects.base import MODEL as ROLE
from ...audit.documents.node import dotted
from ..finding import ERROR
from ..rule import Example, Report, Rule, show
from ._example import MODEL, TRAINING
from ._kind import SPAN, kind


def check(config: Config) -> Iterator[Report]:
    weight = config.get("use_span_width_weight")
    if weight is not None and weight.value and kind(config) == SPAN:
        yield Report(
            weight.path,
            f"`{dotted(weight.path[-1:])}: true` does not work with a uni-encoder span model",
            effect="RuntimeError at the first step: the width weight does not fit the labels",
            help="remove it",
        )
    prompts = config.get("precomputed_prompts_mode", ROLE)
    if prompts is not None and prompts.value:
        yield Report(
            prompts.path,
            f"`{dotted(prompts.path[-1:])}: {show(prompts.value)}` is for inference",
            effect="training runs with a loss of 0.0 and learns nothing",
            help="remove it for training",
        )


RULE = Rule(
    "GA311",
    "never-trains",
    ERROR,
    ("args.use_span_width_weight", "model.precomputed_prompts_mode"),
    check,
    bad=(
        Example(TRAINING + "  use_span_width_weight: true\n", ("training.use_span_width_weight",)),
        Example(MODEL + "  precomputed_prompts_mode: true\n", ("model.precomputed_prompts_mode",)),
    ),
    good=(Example(TRAINING + "  use_span_width_weight: false\n"),),
    doc=__doc__,
)
