"""`key or other`: a legal 0 or False gives way to the other value.

The test that is meant for "not given" also catches the zero that was given. Text and null are replaced on purpose and
are no finding. A test in the library's code is advice, unless the project's own default or range allows the zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...audit.trace.verdicts import falsy_ways
from ..finding import ADVICE, WARNING, Step
from ..rule import show
from ._audited import Audited
from ._example import script
from ._rule import CodeExample, CodeReport, CodeRule
from ._trail import home, steps

if TYPE_CHECKING:
    from ...audit.trace.flow import KeyFlow

NAME = "falsy-or"


def check(audited: Audited) -> Iterator[CodeReport]:
    for key in audited.said(NAME):
        way = falsy_ways(key)[0]
        given = next((r for r in key.replaced), None)
        other = (
            "the library's default" if given is None else show(given.other.value) if given.other else f"`{given.text}`"
        )
        site = way.site
        ends: tuple[Step, ...] = ()
        if given is not None and given.layer is None:
            site = given.site
        elif given is not None:
            site = next((f.site for f in key.forwarded if not f.library), home(key))
            ends = (Step(given.site.file, given.site.line, f"a falsy value becomes {other} in {given.layer}"),)
        where = f" in {given.layer}" if given is not None and given.layer else ""
        yield CodeReport(
            site,
            key.key,
            f"a 0 or false in `{key.key}` does not reach `{way.param}` of {way.sink}: it becomes {other}{where}",
            effect=f"`{key.leaf}: 0` trains as if it said {other}",
            help="build the arguments yourself to keep the zero" if where else "test with `is not None`",
            severity=WARNING if not where or _allows_zero(key) else ADVICE,
            confidence=key.confidence,
            path=steps(key, *ends),
        )


def _allows_zero(key: KeyFlow) -> bool:
    """Whether the project itself can produce the falsy value: as a default, or by a range that holds zero."""
    if any(not d.library and d.kind == "value" and d.value in (0, False) for d in key.defaults):
        return True
    bounds = [pair for c in key.validated if c.kind == "range" for pair in c.values if isinstance(pair, tuple)]
    return any(sign in ("<", ">=") and bound == 0 for sign, bound in bounds)


RULE = CodeRule(
    "GA810",
    NAME,
    WARNING,
    check,
    bad=(
        CodeExample(
            script('args = TrainingArguments("out", logging_steps=cfg["logging_steps"] or 500)'), ("logging_steps",)
        ),
    ),
    good=(CodeExample(script('args = TrainingArguments("out", run_name=cfg["run_name"] or "run")')),),
    doc=__doc__,
)
