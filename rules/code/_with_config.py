"""What a trainer does with the value that one config gives a key, and with a key that the config lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from ...audit.trace.verdicts import mapped_away
from ...schemas.surface import MISSING
from ..finding import ERROR, WARNING, Step
from ..rule import show
from ._decided import Given
from ._guards import unguarded, unless
from ._nulls import crash
from ._refused import refused
from ._rule import CodeReport
from ._sources import loads_of
from ._trail import home, names, steps

if TYPE_CHECKING:
    from ...audit.trace.flow import KeyFlow
    from ._audited import Audited


def of_key(audited: Audited, key: KeyFlow, value: Any, trainer: str) -> Iterator[tuple[str, CodeReport]]:
    """Rule name and report for each thing that goes another way than the config says."""
    written = f"`{key.leaf}: {show(value)}`"
    if key.confidence == "unknown" or audited.uncertain(key):
        return
    literal = _literal(audited, key)
    if literal is not None and "hard-coded-ignores-key" in key.verdicts:
        if literal.value != value:
            said = f"{literal.param}={show(literal.value)}"
            end = Step(literal.site.file, literal.site.line, f"{literal.sink} gets the literal {said}")
            yield (
                "hard-coded-ignores-key",
                CodeReport(
                    literal.site,
                    key.key,
                    f"{written} does not decide `{literal.param}`: {trainer} writes {said} at its training call",
                    effect=f"{literal.param} is {show(literal.value)}",
                    help=f"hand the key over in {literal.site.file}, line {literal.site.line}",
                    severity=ERROR,
                    path=steps(key, end),
                    related=((literal.site, f"the literal {said}"),),
                ),
            )
    elif "used-elsewhere-only" in key.verdicts:
        yield (
            "used-elsewhere-only",
            CodeReport(
                home(key),
                key.key,
                f"{written} is used by {trainer}, but never handed over as {names(key.namesakes)}",
                effect=f"{names(key.namesakes)} keeps the library's default",
                help=f"hand it over as {names(key.namesakes[:1])}",
                severity=WARNING if _default_anyway(audited, key, value) else ERROR,
                path=steps(key),
            ),
        )
    elif key.state in ("dead", "checked-only"):
        harmless = not key.namesakes or value is None or _default_anyway(audited, key, value)
        does = "only checks it" if key.state == "checked-only" else "never reads it"
        does = "reads it and never uses it" if key.state == "dead" and key.reads else does
        yield (
            "dead-field",
            CodeReport(
                home(key),
                key.key,
                f"{written} has no effect: {trainer} {does}",
                effect="the run is the same without it",
                help=f"remove it, or hand it over as {names(key.namesakes)} in {trainer}"
                if key.namesakes
                else "remove it",
                severity=WARNING if harmless else ERROR,
                path=steps(key),
            ),
        )
    yield from refused(audited, key, written)
    yield from _values(audited, key, value, trainer, written)


def _values(audited: Audited, key: KeyFlow, value: Any, trainer: str, written: str) -> Iterator[tuple[str, CodeReport]]:
    if value is None:
        found = crash(audited, key)
        if found is not None:
            yield (
                "null-crash",
                CodeReport(
                    found.site,
                    key.key,
                    f"{written} crashes {trainer}: {found.text} takes it without a test",
                    effect=f"the run stops at {found.site.file}:{found.site.line} with a {found.error}",
                    help="write a value",
                    path=steps(key),
                    related=((found.site, f"{found.text} of null"),),
                ),
            )
        return
    for lookup in mapped_away(key):
        if isinstance(value, str | int | bool) and value not in lookup.table and not lookup.raises:
            default = show(lookup.default.value) if lookup.default is not None else lookup.default_text
            if lookup.default is not None and lookup.default.value == value:
                continue
            yield (
                "value-mapped-away",
                CodeReport(
                    lookup.site,
                    key.key,
                    f"{written} becomes {default}: the table of {trainer} does not know {show(value)}",
                    effect=f"training uses {default}",
                    help=f"write one of {', '.join(show(one) for one in lookup.table[:8])}",
                    severity=ERROR,
                    path=steps(key),
                    related=((lookup.site, f"looked up here, {default} when not found"),),
                ),
            )
    given = next((r for r in key.replaced), None)
    if "falsy-or" in key.verdicts and value in (0, False) and given is not None and given.layer is None:
        other = show(given.other.value) if given.other else f"`{given.text}`"
        yield (
            "falsy-or",
            CodeReport(
                given.site,
                key.key,
                f"{written} does not survive in {trainer}: it becomes {other}",
                effect=f"training uses {other}",
                help="test with `is not None` in the script",
                severity=ERROR,
                path=steps(key),
                related=((given.site, f"a falsy value becomes {other}"),),
            ),
        )


def absent(
    audited: Audited, data: Any, present: frozenset[str], trainer: str, config: str, names: Collection[str]
) -> Iterator[tuple[KeyFlow, CodeReport]]:
    """The keys that the trainer reads without a guard and the config, which holds `data`, lacks. `names` are those
    under which the code itself loads this config."""
    loads = loads_of(audited, present, names)
    given = Given(audited, data, loads)
    for key in audited.user_keys():
        if key.kind != "config" or key.key in present or key.key.endswith("*"):
            continue
        read = unguarded(audited, key, loads, given)
        if read is not None:
            place = f"{read.site.file}:{read.site.line}"
            yield (
                key,
                CodeReport(
                    read.site,
                    key.key,
                    f"`{key.key}` is missing: {trainer} reads it without a guard",
                    effect=f"the run stops at {place} with a {read.error}{unless(read)}",
                    help=f"write `{key.leaf}` in {config}",
                    severity=WARNING if read.elsewhere else ERROR,
                    path=steps(key),
                    related=((read.site, "read here"),),
                ),
            )


def _literal(audited: Audited, key: KeyFlow) -> Any:
    same = (key, *(other for other in audited.entry.keys if other.leaf == key.leaf))
    reached = {forward.param for one in same for forward in one.forwarded}
    return next((h for h in audited.entry.hard_coded if h.param in key.namesakes and h.param not in reached), None)


def _default_anyway(audited: Audited, key: KeyFlow, value: Any) -> bool:
    """Whether the library's own default is what the config says."""
    for call in audited.entry.calls:
        surface = audited.surface(call.sink)
        for name in key.namesakes:
            parameter = surface.parameters.get(name) if surface is not None else None
            if parameter is not None and parameter.default is not MISSING:
                return bool(parameter.default == value)
    return False
