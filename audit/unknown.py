"""A value that the code decides at run time: whoever looks at it learns nothing, not even by accident.

Whatever compares, counts, tests or prints it raises NotKnown, so that a rule that gets as far as needing the value
stops there, and what it said before stands on known values alone.
"""

from __future__ import annotations

from typing import Any, NoReturn


class NotKnown(Exception):
    """A value was asked for that only the run knows."""


class _Unknown:
    __slots__ = ()

    def _ask(self, *_: object) -> NoReturn:
        raise NotKnown

    __bool__ = __len__ = __iter__ = __contains__ = __getitem__ = __int__ = __float__ = __index__ = _ask
    __lt__ = __le__ = __gt__ = __ge__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _ask
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __neg__ = __abs__ = _ask
    __str__ = __repr__ = __format__ = __getattr__ = _ask
    __eq__ = __ne__ = __hash__ = _ask
    __class__: Any = property(_ask)  # isinstance looks here


UNKNOWN: Any = _Unknown()


def is_unknown(value: Any) -> bool:
    """Whether the value is UNKNOWN; the only question that it answers."""
    return value is UNKNOWN
