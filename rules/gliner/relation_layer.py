"""A `relations_layer` or a context encoder that GLiNER cannot build.

`relations_layer` is looked up in small letters among a few ways to score pairs (gliner 0.2.29,
modeling/multitask/relations_layers.py:355-386), or is "none" for relations without that layer (modeling/base.py:2778);
`span_encoder_config` must name its `model_type` (config.py:5, 67). Anything else is a ValueError when the model is
built.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects.base import MODEL as ROLE
from ...audit.documents.node import dotted
from ..finding import ERROR
from ..keys._nearest import nearest
from ..rule import Example, Mend, Report, Rule, show
from ._example import MODEL

SCORES = ("dot", "mlp", "attention", "attn", "bilinear", "gcn", "gat")
CONTEXT = ("deberta-v2", "modernbert", "rnn")
BUILT = "training stops with a ValueError when the model is built"


def check(config: Config) -> Iterator[Report]:
    layer = config.get("relations_layer", ROLE)
    if layer is not None and isinstance(layer.value, str) and layer.value != "none":
        spoken_of = layer.value.lower() in ("", "null", "none")
        if layer.value.lower() not in SCORES and not spoken_of:
            slip = nearest(layer.value, SCORES)
            yield Report(
                layer.path,
                f"`{dotted(layer.path[-1:])}: {show(layer.value)}` is no way to score relations",
                effect=BUILT,
                help=(f"did you mean `{slip}`? " if slip else "") + f"it knows {', '.join(SCORES)} and none",
                mends=(Mend(f"write {slip}", "value", layer.path, slip),) if slip else (),
            )
    encoder = config.get("span_encoder_config", ROLE)
    if encoder is not None and isinstance(encoder.value, dict):
        named = encoder.value.get("model_type")
        if named not in CONTEXT:
            yield Report(
                (*encoder.path, "model_type") if "model_type" in encoder.value else encoder.path,
                f"`model_type: {show(named)}` of `{dotted(encoder.path[-1:])}` is no context encoder",
                effect=BUILT,
                help=f"write `model_type:` with one of {', '.join(CONTEXT)}",
            )


RULE = Rule(
    "GA321",
    "part-not-built",
    ERROR,
    ("model.relations_layer", "model.span_encoder_config"),
    check,
    bad=(
        Example(MODEL + "  relations_layer: biaffine\n", ("model.relations_layer",)),
        Example(MODEL + "  span_encoder_config: {}\n", ("model.span_encoder_config",)),
        Example(MODEL + "  span_encoder_config: {model_type: bert}\n", ("model.span_encoder_config.model_type",)),
    ),
    good=(Example(MODEL + "  relations_layer: GCN\n  span_encoder_config: {model_type: rnn}\n"),),
    doc=__doc__,
)
