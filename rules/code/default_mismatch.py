"""Two layers give different values when the user says nothing about a key; the finding names the one that wins.

A schema table says 1e-5 and the `.get` that is handed on says 2e-5: who reads the one expects another run. A project
that chooses another default than the library does so on purpose as a rule: that is advice, and of the library only
the first layer that names the parameter counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...audit.trace.verdicts import default_mismatch, same
from ..finding import ADVICE, WARNING, Step
from ..rule import show
from ._audited import Audited
from ._example import script
from ._rule import CodeExample, CodeReport, CodeRule
from ._tables import Stated, stated
from ._trail import default_step, home, steps

if TYPE_CHECKING:
    from ...audit.trace.flow import KeyFlow, LayerDefault

NAME = "default-mismatch"


def check(audited: Audited) -> Iterator[CodeReport]:
    for key in audited.user_keys():
        ours = _disagreement(audited, key)
        if ours is not None:
            yield _between_layers(key, *ours)
            continue
        pair = default_mismatch(key) if NAME in key.verdicts else None
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
            help=f"if {show(wins.value)} is meant, say so where users look; else leave the default to the library",
            severity=ADVICE,
            confidence=key.confidence,
            path=steps(key, *ends),
            related=((other.site, f"{other.layer} says {show(other.value)}"),) if other.site is not None else (),
        )


def _disagreement(audited: Audited, key: KeyFlow) -> tuple[Stated, Stated] | None:
    """(the layer of the project that wins, another that says something else), for a key that reaches a library."""
    layers = [
        Stated(d.layer, d.value, d.site)
        for d in key.defaults
        if not d.library and d.kind == "value" and d.value not in (None, {}) and d.site is not None
    ]
    if not layers or not key.forwarded or len({one.layer for one in layers}) > 1:
        return None
    wins = layers[0]
    return next(((wins, one) for one in stated(audited, key) if not same(one.value, wins.value)), None)


def _between_layers(key: KeyFlow, wins: Stated, other: Stated) -> CodeReport:
    ends = (
        Step(wins.site.file, wins.site.line, f"{wins.layer} defaults to {show(wins.value)}"),
        Step(other.site.file, other.site.line, f"{other.layer} says {show(other.value)}"),
    )
    return CodeReport(
        wins.site,
        key.key,
        f"without `{key.key}` training uses {show(wins.value)} ({wins.layer} wins), "
        f"while {other.layer} says {show(other.value)}",
        effect=f"a config that leaves it out trains with {show(wins.value)}, not with {show(other.value)}",
        help="write one default in one place",
        confidence=key.confidence,
        path=steps(key, *ends),
        related=((other.site, f"{other.layer} says {show(other.value)}"),),
    )


def _meant(key: KeyFlow, other: LayerDefault) -> bool:
    """Whether the library's default is of the parameter that the key stands for: its namesake, or all it reaches."""
    reached = {forward.param for forward in key.forwarded if not forward.library}
    return not other.library or len(reached) == 1 or other.param in key.namesakes


TABLE = """\
FIELDS = {"weight_decay": {"type": float, "default": 0.1}}

def validate(cfg):
    for name, field in FIELDS.items():
        if name in cfg and not isinstance(cfg[name], field["type"]):
            raise ValueError(name)

"""
BODY = 'validate(cfg)\nargs = TrainingArguments("out", weight_decay=cfg.get("weight_decay", {default}))'
RULE = CodeRule(
    "GA803",
    NAME,
    WARNING,
    check,
    bad=(CodeExample(script(BODY.format(default=0.01), TABLE), ("weight_decay",)),),
    good=(
        CodeExample(script(BODY.format(default=0.1), TABLE)),
        CodeExample(script('args = TrainingArguments("out", weight_decay=cfg.get("weight_decay", 0.1))')),
    ),
    doc=__doc__,
)
