"""LoftQ settings that do not fit together.

`loftq_config` counts only with `init_lora_weights: loftq` (peft warns and drops it otherwise), that init needs it
(ValueError), `loftq_bits` must be 4 or 8 ("Only nf4 and int8", 2 is gone) and `loftq_iter` at least 1; LoftQConfig
itself checks neither (peft 0.21.2, tuners/lora/config.py, utils/loftq_utils.py).
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects.base import LOFTQ
from ...audit.dialects.base import LORA as ROLE
from ..args._example import number, said
from ..finding import ERROR
from ..rule import Example, Report, Rule, show
from ._example import LORA


def check(config: Config) -> Iterator[Report]:
    loftq, init = config.get("loftq_config", ROLE), config.get("init_lora_weights", ROLE)
    wanted = init is not None and init.value == "loftq"
    if loftq is not None and loftq.value and not wanted:
        yield Report(
            loftq.path,
            "`loftq_config` is dropped: init_lora_weights is "
            + (show(init.value) if init is not None else "true by default"),
            effect="a warning, then ordinary LoRA weights",
            help="write `init_lora_weights: loftq`",
            on="key",
        )
    if wanted and init is not None and (loftq is None or not loftq.value):
        yield Report(
            init.path,
            f"{said(init)} needs a `loftq_config`",
            effect="ValueError when LoraConfig is made",
            help="write `loftq_config: {loftq_bits: 4}`",
        )
    bits, rounds = config.get("loftq_bits", LOFTQ), config.get("loftq_iter", LOFTQ)
    if bits is not None and bits.value not in (4, 8):
        yield Report(
            bits.path, f"{said(bits)} is neither 4 nor 8", effect="ValueError when the weights are made", help="write 4"
        )
    if rounds is not None and (value := number(rounds.value)) is not None and value < 1:
        yield Report(
            rounds.path,
            f"{said(rounds)} is no round",
            effect="ValueError when the weights are made",
            help="write 1 to 5",
        )


RULE = Rule(
    "GA503",
    "loftq-incomplete",
    ERROR,
    ("lora.loftq_config", "lora.init_lora_weights", "loftq.loftq_bits", "loftq.loftq_iter"),
    check,
    bad=(
        Example(LORA + "  r: 8\n  lora_alpha: 16\n  loftq_config: {loftq_bits: 4}\n", ("lora.loftq_config",)),
        Example(LORA + "  r: 8\n  lora_alpha: 16\n  init_lora_weights: loftq\n", ("lora.init_lora_weights",)),
    ),
    good=(Example(LORA + "  r: 8\n  lora_alpha: 16\n  init_lora_weights: loftq\n  loftq_config: {loftq_bits: 4}\n"),),
    doc=__doc__,
)
