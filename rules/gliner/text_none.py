"""The text "none" where null is meant: it selects something.

`relations_layer: none` is the text "none" for YAML, which is not null, so GLiNER builds a relation model (gliner
0.2.29, model.py:6877, without the layer that scores pairs); `labels_encoder: none` and `labels_decoder: none` name a
model called "none".
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects.base import MODEL as ROLE
from ...audit.documents.node import dotted
from ..finding import ERROR, WARNING
from ..rule import Example, Mend, Report, Rule, show
from ._example import MODEL

MEANS = {
    "relations_layer": "GLiNER builds a relation model",
    "labels_encoder": "GLiNER builds a bi-encoder and looks for a model of that name",
    "labels_decoder": "GLiNER builds a decoder model and looks for a model of that name",
    "encoder_config": "GLiNER takes it for a config of the encoder",
}

# There the word is legal: relations without a layer that scores pairs.
LEGAL = {"relations_layer": "none"}


def check(config: Config) -> Iterator[Report]:
    for parameter, effect in MEANS.items():
        setting = config.get(parameter, ROLE)
        if setting is not None and isinstance(setting.value, str) and setting.value.lower() in ("none", "null", ""):
            yield Report(
                setting.path,
                f"`{dotted(setting.path[-1:])}: {show(setting.value)}` is text, not null",
                effect=effect,
                help="write `null`",
                severity=WARNING if setting.value == LEGAL.get(parameter) else ERROR,
                mends=(Mend("write null", "value", setting.path, "null", True),),
            )


RULE = Rule(
    "GA314",
    "text-none",
    ERROR,
    tuple(f"model.{parameter}" for parameter in MEANS),
    check,
    bad=(Example(MODEL + "  relations_layer: none\n", ("model.relations_layer",)),),
    good=(Example(MODEL + "  relations_layer: null\n"),),
    doc=__doc__,
)
