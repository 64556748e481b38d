"""Two layers give different values when the user says nothing about a key; the finding names the one that wins.

The config schema or a `.get` default of the script is handed on, so it wins over the library's own default: who reads
the library's documentation expects another run. Of the library only the first layer that names the parameter counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...audit.trace.verdicts import default_mismatch
from ..finding import WARNING, Step
from ..rule import show
from ._audited import Audited
from ._example import script
from ._rule import CodeExample, CodeReport, CodeRule
from ._trail import default_step, home, steps

if TYPE_CHECKING:
    from ...audit.trace.flow import KeyFlow, LayerDefault

NAME = "default-mismatch"


def check(audited: Audited) -> Iterator[CodeReport]:
    for key in audited.said(NAME):
        pair = default_mismatch(key)
        if pair is None or not _meant(key, pair[1]):
            continue
        wins, other = pair
        ends: tuple[Step, ...] = tuple(s for s in map(default_step, pair) if s is not None)
        yield CodeReport(
            wins.site or home(key),
            key.key,
            f"without `{key.key}` training uses {show(wins.value)} ({wins.layer} wins), "
            f"while {other.layer} says {show(other.value)}",
            effect=f"a config that leaves it out trains with {show(wins.value)}, not with {show(other.value)}",
            help=f"write one default in one place; if {show(wins.value)} is meant, say so where users look",
            confidence=key.confidence,
            path=steps(key, *ends),
            related=((other.site, f"{other.layer} says {show(other.value)}"),) if other.site is not None else (),
        )


def _meant(key: KeyFlow, other: LayerDefault) -> bool:
    """Whether the library's default is of the parameter that the key stands for: its namesake, or all it reaches."""
    reached = {forward.param for forward in key.forwarded if not forward.library}
    return not other.library or len(reached) == 1 or other.param in key.namesakes


RULE = CodeRule(
    "GA803",
    NAME,
    WARNING,
    check,
    bad=(
        CodeExample(
            script('args = TrainingArguments("out", weight_decay=cfg.get("weight_decay", 0.1))'), ("weight_decay",)
        ),
    ),
    good=(CodeExample(script('args = TrainingArguments("out", weight_decay=cfg.get("weight_decay", 0.0))')),),
    doc=__doc__,
)
