"""A `bias` that trains the base model's own biases.

With `lora_only` or `all` the biases of the base layers train too (peft 0.21.2: base_layer.bias gets a gradient), so the
base model's outputs change even when the adapter is switched off, and `all` adds every bias of the model.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects.base import LORA as ROLE
from ..args._example import said
from ..finding import ADVICE
from ..rule import Example, Report, Rule
from ._example import LORA


def check(config: Config) -> Iterator[Report]:
    bias = config.get("bias", ROLE)
    if bias is not None and bias.value in ("all", "lora_only"):
        yield Report(
            bias.path,
            f"{said(bias)} trains biases of the base model",
            effect="its outputs change even with the adapter switched off",
            help='write `bias: "none"` if adapters are to be swapped',
        )


RULE = Rule(
    "GA504",
    "bias-trains",
    ADVICE,
    ("lora.bias",),
    check,
    bad=(Example(LORA + "  r: 8\n  lora_alpha: 16\n  bias: all\n", ("lora.bias",), advice=True),),
    good=(Example(LORA + "  r: 8\n  lora_alpha: 16\n  bias: none\n", advice=True),),
    doc=__doc__,
)
