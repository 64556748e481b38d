"""`inference_mode: true` in a config for training: the adapters are frozen.

peft switches the gradient off for every adapter of such a config (peft 0.21.2, tuners/tuners_utils.py
_mark_only_adapters_as_trainable, mapping_func.py). Saved adapters carry the key; a config copied from an
`adapter_config.json` brings it along. Where nothing else trains, the first backward pass stops with "element 0 of
tensors does not require grad".
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects.base import LORA as ROLE
from ..args._example import said
from ..finding import ERROR, WARNING
from ..rule import Example, Mend, Report, Rule
from ._example import LORA


def check(config: Config) -> Iterator[Report]:
    mode = config.get("inference_mode", ROLE)
    if mode is not None and mode.value:
        kept = config.written("modules_to_save", role=ROLE)
        others = config.dialect.name == "gliner" or kept or config.written("bias", "none", ROLE) != "none"
        yield Report(
            mode.path,
            f"{said(mode)} freezes the adapters",
            effect="nothing of LoRA trains; where nothing else does, the first backward pass stops with a RuntimeError",
            help="write `inference_mode: false`",
            severity=WARNING if others else ERROR,
            mends=(Mend("write false", "value", mode.path, "false"),),
        )


RULE = Rule(
    "GA509",
    "inference-mode",
    ERROR,
    ("lora.inference_mode",),
    check,
    bad=(Example(LORA + "  r: 8\n  inference_mode: true\n", ("lora.inference_mode",)),),
    good=(Example(LORA + "  r: 8\n  inference_mode: false\n"),),
    doc=__doc__,
)
