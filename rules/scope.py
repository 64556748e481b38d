"""For which lines a comment speaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from .comments import IGNORE_FILE, Directive

if TYPE_CHECKING:
    from ..audit.documents.document import Comment


class Scope(NamedTuple):
    """The lines from `first` to `last`, both included."""

    first: int
    last: int


class Page:
    """The lines of one file, and which of them hold nothing but blanks and comments."""

    __slots__ = ("_comment_lines", "_toml", "file", "lines")

    def __init__(self, file: str, text: str, comments: Sequence[Comment]) -> None:
        self.file = file
        self.lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._toml = file.endswith(".toml")
        self._comment_lines = {comment.line for comment in comments if comment.own_line}

    def scope(self, directive: Directive) -> Scope | None:
        """The lines that a directive speaks for; None when it stands where it speaks for nothing.

        `ignore-file` stands above everything but blanks, comments, `---` and `%YAML`. Any other speaks for its own
        line, or, standing alone, for the next line that is more than a comment, and for the block that this opens.
        """
        line = directive.comment.line
        if directive.word == IGNORE_FILE:
            above = range(1, line)
            top = all(self._empty(number) or self._text(number).startswith(("---", "%")) for number in above)
            return Scope(1, len(self.lines)) if top and directive.comment.own_line else None
        if directive.comment.own_line:
            while line in self._comment_lines and line < len(self.lines):
                line += 1
            if self._empty(line):
                return None
        return Scope(line, self._end_of_block(line))

    def _text(self, number: int) -> str:
        return self.lines[number - 1].strip()

    def _empty(self, number: int) -> bool:
        return number in self._comment_lines or not self._text(number)

    def _depth(self, number: int) -> int:
        line = self.lines[number - 1]
        return len(line) - len(line.lstrip())

    def _end_of_block(self, line: int) -> int:
        """The last of the deeper lines that follow, with the bracket that closes them; `line` when none follow.

        The items of a YAML list may stand as deep as their key. A TOML table reaches to the next header.
        """
        opener, depth, end = self._text(line), self._depth(line), line
        if self._toml and opener.startswith("["):
            below = range(line + 1, len(self.lines) + 1)
            return next((number for number in below if self._text(number).startswith("[")), len(self.lines) + 1) - 1
        for number in range(line + 1, len(self.lines) + 1):
            if self._empty(number):
                continue
            text = self._text(number)
            if self._depth(number) <= depth:
                level = self._depth(number) == depth
                if level and text[0] in ")]}":
                    return number
                if not level or not text.startswith("- ") or opener.startswith("- "):
                    return end
            end = number
        return end
