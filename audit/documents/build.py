"""From offsets and values to nodes, for the formats whose values come from the standard library (JSON, TOML)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .node import MAPPING, SCALAR, SEQUENCE, Node, Source


class Place:
    """Where a value stands: offsets of the value and of its key (-1 for none), and the places below it."""

    __slots__ = ("end", "key_end", "key_start", "parts", "start")

    def __init__(self, start: int, end: int, key_start: int = -1, key_end: int = -1) -> None:
        self.start = start
        self.end = end
        self.key_start = key_start
        self.key_end = key_end
        self.parts: dict[str, Place] | list[Place] | None = None


def join(value: Any, place: Place, source: Source) -> Node:
    """The node of a value at its place; a part without a place of its own stands where its parent does."""
    children: dict[str, Node] | list[Node] | tuple[()] = ()
    kind, style, parts = SCALAR, "", place.parts
    if isinstance(value, Mapping):
        kind = MAPPING
        named = parts if isinstance(parts, dict) else {}
        children = {name: join(part, named.get(name, place), source) for name, part in value.items()}
    elif isinstance(value, Sequence) and not isinstance(value, str):
        kind = SEQUENCE
        items = parts if isinstance(parts, list) and len(parts) == len(value) else [place] * len(value)
        children = [join(part, item, source) for part, item in zip(value, items, strict=True)]
    else:
        first = source.text[place.start : place.start + 1]
        style = first if first in ('"', "'") else ""
    return Node(kind, value, children, style, source, place.start, place.end, place.key_start, place.key_end)
