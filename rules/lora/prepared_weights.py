"""Initial LoRA weights that a script must prepare: `corda` and `lora_ga`.

CorDA needs `preprocess_corda(...)` and LoRA-GA its gradients before the adapters are put into the model; without them
peft stops (0.21.2, tuners/lora/layer.py: "`eigens` attribute not found for layer"). No config can do that: the training
script must.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects.base import LORA as ROLE
from ..args._example import said
from ..finding import ERROR, WARNING
from ..rule import Example, Report, Rule
from ._example import LORA

CALLS = {"corda": "preprocess_corda", "lora_ga": "preprocess_loraga"}


def check(config: Config) -> Iterator[Report]:
    init = config.get("init_lora_weights", ROLE)
    if init is None or not isinstance(init.value, str) or init.value not in CALLS:
        return
    yield Report(
        init.path,
        f"{said(init)} needs `{CALLS[init.value]}(...)` before the adapters are put into the model",
        effect="training stops with a ValueError there, unless the training script calls it",
        help="see that the script calls it, or write `init_lora_weights: true`",
        severity=ERROR if config.closed else WARNING,
    )


RULE = Rule(
    "GA510",
    "unprepared-weights",
    WARNING,
    ("lora.init_lora_weights",),
    check,
    bad=(Example(LORA + "  r: 8\n  init_lora_weights: corda\n", ("lora.init_lora_weights",)),),
    good=(Example(LORA + "  r: 8\n  init_lora_weights: gaussian\n"),),
    doc=__doc__,
)
