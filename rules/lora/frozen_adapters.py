"""LoRA on a text encoder that is frozen: the adapters freeze with it.

`freeze_components: [text_encoder]` switches the gradient off for every parameter below the encoder, adapters included
(gliner 0.2.29, model.py freeze_component), so nothing in the encoder trains.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects.base import CALL, META
from ...audit.dialects.base import LORA as ROLE
from ..args._example import said
from ..finding import ERROR
from ..gliner._example import TRAINING
from ..rule import Example, Report, Rule


def check(config: Config) -> Iterator[Report]:
    frozen = config.get("freeze_components", CALL)
    enabled = config.written("lora_enabled", role=META)
    has_lora = enabled is True or (enabled is None and config.get("r", ROLE) is not None)
    if frozen is None or not has_lora or not isinstance(frozen.value, list) or "text_encoder" not in frozen.value:
        return
    yield Report(
        frozen.path,
        f"{said(frozen)} freezes the LoRA adapters too",
        effect="nothing in the encoder trains, the adapters stay at zero",
        help="remove text_encoder: LoRA freezes the encoder's own weights by itself",
    )


RULE = Rule(
    "GA506",
    "frozen-adapters",
    ERROR,
    ("call.freeze_components",),
    check,
    bad=(
        Example(
            TRAINING + "  freeze_components: [text_encoder]\nlora:\n  enabled: true\n  r: 8\n",
            ("training.freeze_components",),
        ),
    ),
    good=(Example(TRAINING + "  freeze_components: [text_encoder]\nlora:\n  enabled: false\n  r: 8\n"),),
    doc=__doc__,
)
