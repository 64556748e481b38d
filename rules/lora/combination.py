"""LoRA settings that exclude or need each other.

LoraConfig checks some when it is made (peft 0.21.2, tuners/lora/config.py:1009-1110): `target_modules` as one text is a
pattern, which leaves no room for `layers_to_transform` and `layers_pattern`; `layers_pattern` needs
`layers_to_transform`; `lora_bias` works with ordinary initial weights and without DoRA; DoRA without megatron. And a
layer takes one variant of LoRA, not two (tuners/lora/layer.py:178-213).
"""

from collections.abc import Iterator

from ...audit.config import Config, Setting
from ...audit.dialects.base import LORA as ROLE
from ..args._example import said
from ..finding import ERROR
from ..rule import Example, Report, Rule, show
from ._example import LORA

MADE = "training stops with a ValueError when LoraConfig is made"
INJECTED = "training stops with a ValueError when the adapters are put into the model"
# Variants of LoRA, of which one layer takes a single one.
VARIANTS = (
    "use_dora",
    "velora_config",
    "alora_invocation_tokens",
    "monteclora_config",
    "use_bdlora",
    "arrow_config",
    "kasa_config",
)
# A sub-config switches its variant on by being there, even empty.
PRESENT = ("velora_config", "monteclora_config", "use_bdlora", "arrow_config", "kasa_config")


def check(config: Config) -> Iterator[Report]:
    layers, pattern = _set(config, "layers_to_transform"), _set(config, "layers_pattern")
    targets, dora = _set(config, "target_modules"), _set(config, "use_dora")
    megatron, bias = _set(config, "megatron_config"), _set(config, "lora_bias")
    if targets is not None and isinstance(targets.value, str):
        for setting in (layers, pattern):
            if setting is not None:
                yield _clash(setting, targets, "a text in target_modules is a pattern of its own", "list the names")
    if pattern is not None and pattern.value and layers is None:
        yield Report(
            pattern.path,
            f"{said(pattern)} needs `layers_to_transform`",
            effect=MADE,
            help="say which layers: `layers_to_transform: [0, 1]`, or remove it",
        )
    if dora is not None and dora.value and megatron is not None and megatron.value:
        yield _clash(megatron, dora, "DoRA does not support megatron", "keep one of the two")
    if bias is not None and bias.value:
        init = config.get("init_lora_weights", ROLE)
        if init is not None and init.value not in (True, False):
            yield _clash(bias, init, "a bias in the adapter works with ordinary initial weights only", "keep one")
        if dora is not None and dora.value:
            yield _clash(bias, dora, "DoRA takes no bias in the adapter", "keep one of the two")
    yield from _variants(config)


def _variants(config: Config) -> Iterator[Report]:
    found = [setting for name in VARIANTS if (setting := _set(config, name)) is not None]
    active = [setting for setting in found if setting.value or setting.parameter in PRESENT]
    for setting in active[1:]:
        report = _clash(setting, active[0], "a layer takes one variant of LoRA", "keep one of the two")
        yield report._replace(effect=INJECTED)


def _set(config: Config, parameter: str) -> Setting | None:
    setting = config.get(parameter, ROLE)
    return None if setting is None or setting.value is None else setting


def _clash(setting: Setting, other: Setting, why: str, help: str) -> Report:
    return Report(
        setting.path,
        f"{said(setting)} does not go with `{other.parameter}: {show(other.value)}`: {why}",
        effect=MADE,
        help=help,
        related=((other.path, "the other one is here"),),
    )


RULE = Rule(
    "GA507",
    "lora-combination",
    ERROR,
    ("lora.layers_to_transform", "lora.layers_pattern", "lora.lora_bias", *(f"lora.{name}" for name in VARIANTS)),
    check,
    bad=(
        Example(
            LORA + "  r: 8\n  target_modules: all-linear\n  layers_to_transform: 0\n", ("lora.layers_to_transform",)
        ),
        Example(LORA + "  r: 8\n  layers_pattern: layer\n", ("lora.layers_pattern",)),
        Example(LORA + "  r: 8\n  lora_bias: true\n  init_lora_weights: pissa\n", ("lora.lora_bias",)),
        Example(LORA + "  r: 8\n  use_dora: true\n  kasa_config: {}\n", ("lora.kasa_config",)),
    ),
    good=(
        Example(LORA + "  r: 8\n  target_modules: [query]\n  layers_pattern: layer\n  layers_to_transform: [0]\n"),
        Example(LORA + "  r: 8\n  lora_bias: true\n  use_dora: false\n  kasa_config: null\n"),
    ),
    doc=__doc__,
)
