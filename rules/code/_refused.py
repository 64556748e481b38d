"""A key that goes, whole and certainly, to a library class that has no parameter of its name: the call stops."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...schemas import catalog
from ..finding import ERROR
from ..keys._nearest import nearest, plain_slip
from ._rule import CodeReport
from ._trail import home, steps

if TYPE_CHECKING:
    from ...audit.trace.flow import Forward, KeyFlow
    from ._audited import Audited


def refusing(key: KeyFlow) -> Forward | None:
    """The first way of the key to a class that surely refuses it: no test, no filter and no guess stands before."""
    for way in key.forwarded:
        if way.accepted == "no" and way.confidence == "proven" and way.when is None and not way.library:
            return way
    return None


def refused(audited: Audited, key: KeyFlow, written: str) -> Iterator[tuple[str, CodeReport]]:
    """The name of the rule that says it, and what it says."""
    way = refusing(key)
    surface = audited.surface(way.sink) if way is not None else None
    if way is None or surface is None:
        return
    library = way.sink.partition(".")[0]
    past = catalog.history(way.sink, way.param)
    if past is not None:
        name = "key-not-in-version"
        said = f"renamed to `{past.renamed_to}`" if past.renamed_to else f"last seen in {past.until}"
        help = f"write `{past.renamed_to}`" if past.renamed_to else past.note or "remove it"
    else:
        name = "unknown-key"
        meant = nearest(way.param, surface.parameters)
        named = (name for name in key.namesakes if name != way.param and name in surface.parameters)
        meant = meant if meant is not None and plain_slip(way.param, meant) else next(named, None)
        said = f"did you mean `{meant}`?" if meant else "it refuses what it does not know"
        help = f"write `{meant}`" if meant else "remove it, or keep it from the call"
    yield (
        name,
        CodeReport(
            home(key),
            key.key,
            f"{written} is no parameter of {way.sink} {audited.versions.get(library, '')}: {said}",
            effect=f"training stops at {way.call.file}:{way.call.line}: nothing there takes `{way.param}`",
            help=help,
            severity=ERROR,
            path=steps(key),
            related=((way.call, "handed over here"),),
        ),
    )
