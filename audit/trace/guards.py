"""The tests that hold where the interpreter stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .values import Key


class Guard(NamedTuple):
    """A test that holds here: its text, the keys that it looks at and how, the depth of calls it stands in.

    `asked` are the keys of a test that was passed earlier (`if k not in cfg: return`), too: it holds since.
    """

    text: str
    keys: frozenset[Key]
    frame: int
    origins: Mapping[Key, frozenset[str]]
    asked: frozenset[Key]


class Guarded:
    """A context that ends the guards that were pushed since it was made."""

    __slots__ = ("depth", "guards")

    def __init__(self, guards: list[Guard]) -> None:
        self.guards = guards
        self.depth = len(guards)

    def __enter__(self) -> None:
        return None

    def __exit__(self, *error: object) -> None:
        del self.guards[self.depth :]
