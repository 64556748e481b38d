"""Classes that mix the engine's behaviour into classes of libraries that are imported only when training."""

from __future__ import annotations

from typing import Any


def derive(behaviour: type, base: type) -> Any:
    """A class with `behaviour` before `base` in the method resolution order; it carries behaviour's name."""
    return type(
        behaviour.__name__, (behaviour, base), {"__doc__": behaviour.__doc__, "__module__": behaviour.__module__}
    )
