"""LoftQ settings that do not fit together.

`loftq_config` counts only with `init_lora_weights: loftq` (peft warns and drops it otherwise), that init needs it
(ValueError), `loftq_bits` must be 4 or 8 ("Only nf4 and int8", 2 is gone) and `loftq_iter` at least 1; LoftQConfig
itself checks neither (peft 0.21.2, tuners/lora/config.py, utils/loftq_utils.py). A mapping must name both
(tuners/lora/layer.py:586), and the base model must not be quantised yet.
"""

from collections.abc import Iterator

from ...audit.config import Config, Setting
from ...audit.dialects.base import LOFTQ
from ...audit.dialects.base import LORA as ROLE
from ..args._example import number, said
from ..finding import ERROR, LIKELY, WARNING
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
    for key in ("loftq_bits", "loftq_iter"):
        if wanted and loftq is not None and isinstance(loftq.value, dict) and loftq.value and key not in loftq.value:
            yield Report(
                loftq.path,
                f"`loftq_config` has no `{key}`, and a plain mapping has no defaults",
                effect=f"KeyError '{key}' when the adapters are made, unless the script makes a LoftQConfig of it",
                help=f"add `{key}: {'4' if key == 'loftq_bits' else '1'}`",
                on="key",
                severity=ERROR if config.closed else WARNING,
            )
    if wanted and init is not None and config.dialect.name == "trainer":
        yield from _quantised(config, init)
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


def _quantised(config: Config, init: Setting) -> Iterator[Report]:
    """Keys of the script that load the base model quantised, which LoftQ wants in full precision."""
    for key in ("load_in_4bit", "load_in_8bit"):
        if config.data.get(key) is True:
            yield Report(
                (key,),
                f"`{key}: true` loads a quantised model, and {said(init)} starts from full precision",
                effect="LoftQ computes its correction from weights that have lost it already",
                help=f"write `{key}: false`: LoftQ quantises itself",
                severity=WARNING,
                confidence=LIKELY,
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
    good=(Example(LORA + "  r: 8\n  init_lora_weights: loftq\n  loftq_config: {loftq_bits: 4, loftq_iter: 1}\n"),),
    doc=__doc__,
)
