"""A verdict on one key, and what it rests on. A read is not an effect: without an observation there is no verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from .observe import Observed

EFFECT: Final = "took effect"
NONE: Final = "no effect"
UNSEEN: Final = "not observed"


class Evidence(NamedTuple):
    """`verdict` is one of the three words of the receipt; `effective` the value that was in force, when it was seen."""

    verdict: str
    text: str
    effective: Any = None


Probe = Callable[[Observed, Any, Mapping[str, Any]], Evidence | None]


def effect(text: str, effective: Any) -> Evidence:
    """Something observable depends on the value."""
    return Evidence(EFFECT, text, effective)


def nothing(text: str, effective: Any = None) -> Evidence:
    """Proven: the value reaches nothing."""
    return Evidence(NONE, text, effective)


def unseen(text: str = "nothing that was observed depends on it alone") -> Evidence:
    """No observation either way."""
    return Evidence(UNSEEN, text)


def close(one: Any, two: Any) -> bool:
    """Equal numbers up to rounding; False when one of them is no number."""
    if not isinstance(one, int | float) or not isinstance(two, int | float):
        return False
    return abs(one - two) <= 1e-9 * max(abs(one), abs(two), 1e-30)
