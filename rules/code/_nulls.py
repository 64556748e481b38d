"""Where a null crashes: a conversion without a test, in code that every run reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ._guards import straight

if TYPE_CHECKING:
    from ...audit.trace.flow import KeyFlow
    from ...audit.trace.values import Site
    from ._audited import Audited

_CONVERSIONS = ("int", "float", "len")


class Crash(NamedTuple):
    """The conversion that a null does not survive, as it is written, and its exception."""

    site: Site
    text: str
    error: str


def crash(audited: Audited, key: KeyFlow) -> Crash | None:
    """The first conversion of a key that a null surely reaches; None where that is not proven."""
    if audited.uncertain(key) or any(r.layer is None for r in key.replaced):
        return None
    for cast in key.casts:
        if cast.guarded or not straight(audited, cast.site):
            continue
        if cast.to in _CONVERSIONS:
            return Crash(cast.site, f"{cast.to}(...)", "TypeError")
    return None
