"""An adapter gain that is negative, zero, or multiplied by rank-stabilised scaling.

The update is scaled by lora_alpha / r, with `use_rslora` by lora_alpha / sqrt(r) (peft 0.21.2, tuners/lora/layer.py). A
gain of 0 cancels the adapter, a negative one turns it around, and nothing checks it. An alpha chosen for the standard
scaling grows by sqrt(r) when `use_rslora` is switched on: r 16 and alpha 32 go from 2 to 8.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects.base import LORA as ROLE
from ..args._example import number, said
from ..finding import WARNING
from ..rule import Example, Report, Rule, show
from ._example import LORA

LOUD = 4.0


def check(config: Config) -> Iterator[Report]:
    alpha, stable = config.get("lora_alpha", ROLE), config.get("use_rslora", ROLE)
    gain, rank = (None if alpha is None else number(alpha.value)), number(config.value("r", ROLE))
    if alpha is None or gain is None:
        return
    if gain <= 0:
        yield Report(
            alpha.path,
            f"{said(alpha)} {'cancels' if gain == 0 else 'turns around'} the adapter's update",
            effect="the adapter learns nothing" if gain == 0 else "gradients push the wrong way through the adapter",
            help="write a positive value, such as r or twice r",
        )
    elif stable is not None and stable.value is True and rank and rank > 0 and gain / rank**0.5 > LOUD:
        yield Report(
            alpha.path,
            f"{said(alpha)} with `use_rslora: true` and r {show(rank)} is a gain of {gain / rank**0.5:.1f} "
            f"(without it {gain / rank:.1f})",
            effect="updates are that much louder: spikes, or NaN",
            help=f"write about {round(2 * rank**0.5)}, twice the root of r",
            related=((stable.path, "rank-stabilised scaling is on here"),),
        )


RULE = Rule(
    "GA502",
    "adapter-gain",
    WARNING,
    ("lora.lora_alpha",),
    check,
    bad=(
        Example(LORA + "  r: 8\n  lora_alpha: -1\n", ("lora.lora_alpha",)),
        Example(LORA + "  r: 64\n  lora_alpha: 128\n  use_rslora: true\n", ("lora.lora_alpha",)),
    ),
    good=(Example(LORA + "  r: 16\n  lora_alpha: 8\n  use_rslora: true\n"),),
    doc=__doc__,
)
