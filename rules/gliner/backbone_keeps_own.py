"""A setting of the encoder that its pretrained weights override.

`from_config` loads the weights of `model_name` by default (`backbone_from_pretrained=True`), and then the architecture
comes with them: an `encoder_config` with one layer leaves two layers in the model while the saved config says one, and
`_attn_implementation` is not handed on at all (gliner 0.2.29, modeling/encoder.py:82-137).
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects.base import MODEL as ROLE
from ...audit.documents.node import dotted
from ..finding import WARNING
from ..rule import Example, Report, Rule, show
from ._example import MODEL

EFFECT = {
    "encoder_config": "the encoder is the one of `model_name` all the same; the saved config says otherwise",
    "_attn_implementation": "the encoder runs with its own default attention",
}


def check(config: Config) -> Iterator[Report]:
    if config.saved:
        return
    for parameter, effect in EFFECT.items():
        setting = config.get(parameter, ROLE)
        if setting is not None and setting.value:
            yield Report(
                setting.path,
                f"`{dotted(setting.path[-1:])}: {show(setting.value)}` has no effect while the encoder is loaded with "
                "its weights",
                effect=effect,
                help="remove it, or build the model with `GLiNER.from_config(..., backbone_from_pretrained=False)`, "
                "which starts from random weights",
            )


RULE = Rule(
    "GA316",
    "backbone-keeps-own",
    WARNING,
    tuple(f"model.{parameter}" for parameter in EFFECT),
    check,
    bad=(
        Example(MODEL + "  _attn_implementation: flash_attention_2\n", ("model._attn_implementation",)),
        Example(
            MODEL + "  encoder_config: {model_type: deberta-v2, num_hidden_layers: 1}\n", ("model.encoder_config",)
        ),
    ),
    good=(
        Example(
            MODEL.replace("model:\n", "").replace("  ", "")
            + "_attn_implementation: eager\ntransformers_version: 5.16.1\n"
        ),
        Example(MODEL + "  _attn_implementation: null\n  encoder_config: null\n"),
    ),
    doc=__doc__,
)
