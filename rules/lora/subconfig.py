"""A number of a LoRA variant's own config that is out of range.

The mappings under `eva_config`, `arrow_config`, `kasa_config`, `velora_config` and `monteclora_config` become objects
that check themselves when LoraConfig is made (peft 0.21.2, tuners/lora/config.py:111-375, 1256: ValueError).
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects.base import LORA as ROLE
from ..args._example import number
from ..finding import ERROR
from ..rule import Example, Report, Rule, show
from ._example import LORA

# sub-config: key: (lowest, whether the lowest itself is refused, highest)
BOUNDS: dict[str, dict[str, tuple[float, bool, float | None]]] = {
    "eva_config": {"rho": (1, False, None), "tau": (0, False, 1)},
    "arrow_config": {"top_k": (0, True, None), "router_temperature": (0, True, None)},
    "kasa_config": {"beta": (0, False, None), "gamma": (0, False, None)},
    "velora_config": {"num_groups": (0, True, None), "scale": (0, True, None)},
    "monteclora_config": {
        "num_samples": (0, True, None),
        "dirichlet_prior": (0, True, None),
        "buffer_size": (0, True, None),
    },
}


def check(config: Config) -> Iterator[Report]:
    for parameter, keys in BOUNDS.items():
        setting = config.get(parameter, ROLE)
        if setting is None or not isinstance(setting.value, dict):
            continue
        for key, (low, open_end, high) in keys.items():
            value = number(setting.value.get(key))
            if value is None or (low <= value and (value != low or not open_end) and (high is None or value <= high)):
                continue
            bound = f"more than {show(low)}" if open_end else f"{show(low)} or more"
            bound += f", {show(high)} or less" if high is not None else ""
            yield Report(
                (*setting.path, key),
                f"`{key}: {show(value)}` of `{parameter}` is out of range: it must be {bound}",
                effect="training stops with a ValueError when LoraConfig is made",
                help=f"write {bound}",
            )


RULE = Rule(
    "GA508",
    "subconfig-out-of-range",
    ERROR,
    tuple(f"lora.{parameter}" for parameter in BOUNDS),
    check,
    bad=(Example(LORA + "  r: 8\n  init_lora_weights: eva\n  eva_config: {rho: 0.5}\n", ("lora.eva_config.rho",)),),
    good=(Example(LORA + "  r: 8\n  init_lora_weights: eva\n  eva_config: {rho: 1.0, tau: 0.99}\n"),),
    doc=__doc__,
)
