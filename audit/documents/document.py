"""A document: one config file as its loader sees it, with positions, problems and comments. Nothing here raises."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from .node import MAPPING, Node, Path, Source, Span


class Problem(NamedTuple):
    """What is wrong with a file before anything is known of its meaning.

    `code` is one of PROBLEMS. `related` is a second place: the first of two equal keys, the opening of what stays open.
    """

    code: str
    message: str
    span: Span
    help: str | None = None
    related: Span | None = None


PROBLEMS: dict[str, str] = {
    "unreadable": "the file cannot be read",
    "binary": "the file is no text",
    "not-utf8": "the file is not UTF-8",
    "syntax": "the parser refuses the text",
    "empty": "there is no value in the file",
    "not-a-mapping": "the top level is a list or a scalar",
    "several-documents": "more than one YAML document",
    "duplicate-key": "a key stands twice in one mapping: the last wins, silently",
    "non-string-key": "a key that the loader turns into a number, a truth value, a date or null",
    "unhashable-key": "a list or a mapping as a key",
    "bad-merge": "`<<` on something that is no mapping",
    "unknown-tag": "a YAML tag that the safe loader refuses",
    "bad-value": "a scalar that the loader cannot convert",
    "recursive-alias": "an alias inside of its own anchor",
    "too-deep": "nested deeper than the loader can follow",
    "too-large": "aliases that expand beyond measure",
}


class Comment(NamedTuple):
    """A comment with its `#`: 1-based position; `own_line` when nothing but blanks stands before it."""

    line: int
    column: int
    text: str
    own_line: bool


class Document:
    """A config file: `format` is "yaml", "json", "toml" or, for the arguments of a call, "python".

    `loads` says whether the loader yields a value at all; `data` is that value. Where it does not, `root` may still
    hold what could be read (the first of several documents, a tree with an unknown tag), so that the file can be
    recognised, and `problems` says why.
    """

    __slots__ = ("_comments", "_find_comments", "data", "format", "loads", "path", "problems", "root", "source")

    def __init__(
        self,
        path: str,
        format: str,
        source: Source,
        root: Node | None,
        problems: tuple[Problem, ...],
        loads: bool,
        find_comments: Callable[[Source], list[Comment]] | None = None,
    ) -> None:
        self.path = path
        self.format = format
        self.source = source
        self.root = root
        self.problems = problems
        self.loads = loads
        self.data: Any = root.value if root is not None and loads else None
        self._find_comments = find_comments
        self._comments: tuple[Comment, ...] | None = None

    @property
    def text(self) -> str:
        """The decoded text, without a byte order mark, line breaks as in the file."""
        return self.source.text

    def comments(self) -> tuple[Comment, ...]:
        """The comments in the order of the file, found by a second pass when first asked."""
        if self._comments is None:
            find = self._find_comments
            self._comments = tuple(find(self.source)) if find is not None and "#" in self.text else ()
        return self._comments

    def node(self, path: Path) -> Node | None:
        """The node at a path, or None."""
        node = self.root
        for part in path:
            if node is None:
                return None
            node = node.get(part)
        return node

    def walk(self) -> Iterator[tuple[Path, Node]]:
        """Every node with its path, parents first; the root comes first, under the empty path."""
        if self.root is not None:
            yield from self.root.walk()


def not_a_mapping(root: Node | None, source: Source) -> Problem | None:
    """The problem of a file that is empty or whose top level is no mapping, else None."""
    if root is None:
        help = "An empty config sets nothing: write the keys, or leave the file out."
        return Problem("empty", "The file holds no value", source.span(0, 0), help)
    if root.kind == MAPPING:
        return None
    what = "a list" if root.kind == "sequence" else f"the single value {root.raw[:40] or 'null'}"
    line = root.span.line
    span = root.span if root.span.end_line == line else Span(line, root.span.column, line, len(source.line(line)) + 1)
    return Problem("not-a-mapping", f"The top level is {what}, not a mapping of keys to values", span)
