"""Nodes: every value of a config file with the place where it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

Path = tuple[str | int, ...]

MAPPING: Final = "mapping"
SEQUENCE: Final = "sequence"
SCALAR: Final = "scalar"

_LINE_BREAK = re.compile(r"\r\n?|\n")


def dotted(path: Path) -> str:
    """A key as it is written in messages: `("training", "lr", 0)` is `training.lr[0]`; the root is the empty text."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if text else part
    return text


class Span(NamedTuple):
    """A stretch of a file: 1-based lines and code points, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Source:
    """The decoded text of a file, without its byte order mark; turns offsets into lines and columns and back.

    A line ends at LF, CR LF or CR, as in editors. The other breaks of YAML 1.1 (NEL, LS, PS) are ordinary code points.
    """

    __slots__ = ("_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """The offset at which each line begins."""
        if self._starts is None:
            self._starts = [0, *(found.end() for found in _LINE_BREAK.finditer(self.text))]
        return self._starts

    def span(self, start: int, end: int) -> Span:
        """The span between two offsets (code points from 0, the end exclusive)."""
        starts = self.starts
        first = bisect_right(starts, start) - 1
        last = first if end == start else bisect_right(starts, end) - 1
        return Span(first + 1, start - starts[first] + 1, last + 1, end - starts[last] + 1)

    def offset(self, line: int, column: int) -> int:
        """The offset of a 1-based line and column; ValueError where the text has no such place."""
        starts = self.starts
        if not 1 <= line <= len(starts):
            raise ValueError(f"no line {line} in a text of {len(starts)} lines")
        offset = starts[line - 1] + column - 1
        limit = starts[line] if line < len(starts) else len(self.text) + 1
        if column < 1 or offset >= limit:
            raise ValueError(f"no column {column} in line {line}")
        return offset

    def line(self, number: int) -> str:
        """The text of a 1-based line, without its line break."""
        starts = self.starts
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")


class Node:
    """One value with its place.

    `kind` is "mapping", "sequence" or "scalar"; `value` is what the trainer's loader yields for the whole subtree;
    `style` of a scalar is "" (plain), "'", '"', "|" or ">". `children` is a dict, a list, or `()` for a scalar.
    A key that is no text stands under its source text (`1`, `on`), and `value` keeps what the loader makes of it.
    """

    __slots__ = ("_anchor", "_end", "_key_end", "_key_start", "_source", "_start", "children", "kind", "style", "value")

    def __init__(
        self,
        kind: str,
        value: Any,
        children: Mapping[str, Node] | Sequence[Node],
        style: str,
        source: Source,
        start: int,
        end: int,
        key_start: int = -1,
        key_end: int = -1,
        anchor: tuple[int, int] | None = None,
    ) -> None:
        self.kind = kind
        self.value = value
        self.children = children
        self.style = style
        self._source = source
        self._start = start
        self._end = end
        self._key_start = key_start
        self._key_end = key_end
        self._anchor = anchor

    def __repr__(self) -> str:
        return f"<{self.kind} {self.value!r} at {self.span.line}:{self.span.column}>"

    @property
    def span(self) -> Span:
        """Where the value is used: the value itself, or the alias through which it comes."""
        return self._source.span(self._start, self._end)

    @property
    def key_span(self) -> Span | None:
        """Where its key is written (the alias, for a key that a merge brings in); None for list items and the root."""
        return None if self._key_start < 0 else self._source.span(self._key_start, self._key_end)

    @property
    def anchor_span(self) -> Span | None:
        """Where the value stands, if it comes through an alias or a merge key; else None."""
        return None if self._anchor is None else self._source.span(*self._anchor)

    @property
    def raw(self) -> str:
        """The source text of the value, quotes included: `1e-5` is seen here as it was typed."""
        start, end = self._anchor or (self._start, self._end)
        return self._source.text[start:end]

    def holding(self, value: Any) -> Node:
        """The same place with another value, which has no parts."""
        place = (self._source, self._start, self._end, self._key_start, self._key_end, self._anchor)
        return Node(SCALAR, value, (), self.style, *place)

    def get(self, part: str | int) -> Node | None:
        """The child under a key or an index, or None."""
        children = self.children
        if isinstance(children, Mapping):
            return children.get(part) if isinstance(part, str) else None
        if isinstance(part, int) and 0 <= part < len(children):
            return children[part]
        return None

    def items(self) -> Iterator[tuple[str | int, Node]]:
        """The children with their keys or indices, in the order of the file."""
        children = self.children
        if isinstance(children, Mapping):
            yield from children.items()
        else:
            yield from enumerate(children)

    def walk(self, path: Path = ()) -> Iterator[tuple[Path, Node]]:
        """This node and everything below it, parents first, with their paths."""
        yield path, self
        for part, child in self.items():
            yield from child.walk((*path, part))
