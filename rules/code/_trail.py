"""The trail of a key in words: key → line → call → parameter → layer; and where a finding on a key stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ...audit.trace.events import WEAK_USES
from ...audit.trace.values import Site
from ..finding import Step
from ..rule import show

if TYPE_CHECKING:
    from ...audit.trace.flow import Forward, KeyFlow, LayerDefault

MOST = 12
_NAMED_CHECK = re.compile(r"valid|check|verify|assert", re.IGNORECASE)


def home(key: KeyFlow, *others: Site) -> Site:
    """Where a finding on a key stands: its declaration in code, else where it is validated, read or used."""
    for sites in (
        (d.site for d in key.declared if d.site.file.endswith((".py", ".ipynb"))),
        others,
        (r.site for r in key.reads),
        (c.site for c in key.validated),
        (d.site for d in key.declared),
        (f.site for f in key.forwarded if not f.library),
        (u.site for u in key.other_uses),
    ):
        found = next(iter(sites), None)
        if found is not None:
            return found
    return Site("", 1, 1, 1, 1)


def steps(key: KeyFlow, *ends: Step, forwards: Sequence[Forward] | None = None) -> tuple[Step, ...]:
    """The trail of a key: where it is declared, validated and read, each call that takes it, and then `ends`."""
    out: list[Step] = []
    out += _first((_step(d.site, f"`{key.key}` is declared ({d.by})") for d in key.declared), 2)
    out += _first((_step(c.site, f"validated: {c.kind} ({c.by})") for c in key.validated), 1)
    out += _first((_step(r.site, f"`{key.key}` is read") for r in key.reads), 2)
    for forward in key.forwarded if forwards is None else forwards:
        when = f" when {forward.when}" if forward.when and not forward.library else ""
        out.append(_step(forward.site, f"parameter `{forward.param}` of {forward.sink}{when}"))
    if not key.forwarded:
        strong = [u for u in key.other_uses if u.category not in WEAK_USES]
        out += _first((_step(u.site, u.what) for u in strong), 3)
    return (*_once(out)[:MOST], *ends)


def validator(key: KeyFlow) -> str:
    """Who validates a key: the function whose name says so, else the first that rejects it."""
    by = [check.by for check in key.validated]
    return next((name for name in by if _NAMED_CHECK.search(name)), by[0] if by else "a validator")


def default_step(default: LayerDefault) -> Step | None:
    """The step of one layer's default."""
    if default.file is None or default.line is None:
        return None
    return Step(default.file, default.line, f"{default.layer} defaults to {show(default.value)}")


def chain(forwards: Iterable[Forward]) -> str:
    """The calls that a key reaches, first hop first: "`max_steps` of GLiNER.train_model"."""
    first = next((f for f in forwards if not f.library), None)
    return f"`{first.param}` of {first.sink}" if first is not None else "the library"


def names(words: Sequence[str]) -> str:
    """`a`, `b` and `c`."""
    quoted = [f"`{word}`" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _step(site: Site, message: str) -> Step:
    return Step(site.file, site.line, message)


def _first(found: Iterable[Step], most: int) -> list[Step]:
    return _once(found)[:most]


def _once(found: Iterable[Step]) -> list[Step]:
    return list(dict.fromkeys(found))
