"""Editing a file: replace spans by texts, all or nothing. Nothing outside of the spans changes, comments included."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Protocol

from .node import Source


class Edit(Protocol):
    """What takes the place of a span of the text (1-based, ends exclusive, byte order mark not counted)."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def end_line(self) -> int: ...
    @property
    def end_column(self) -> int: ...
    @property
    def text(self) -> str: ...


_BOM = "\ufeff"


class EditError(ValueError):
    """The edits cannot be applied: two overlap, or a span lies outside of the text."""


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with every span replaced. Equal edits count once; line breaks take the style of the text.

    EditError when two edits overlap (or insert at one place) or when a span is not in the text.
    """
    bom = text.startswith(_BOM)
    source = Source(text.removeprefix(_BOM))
    newline = line_break(source.text)
    parts: list[str] = [_BOM] if bom else []
    done, last = 0, -1
    for start, end, new in sorted({_place(edit, source) for edit in edits}):
        if start < done or start == last:
            raise EditError(f"two edits overlap in line {source.span(start, end).line}")
        parts += [source.text[done:start], new if newline == "\n" else new.replace("\n", newline)]
        done, last = end, start
    return "".join([*parts, source.text[done:]])


def _place(edit: Edit, source: Source) -> tuple[int, int, str]:
    try:
        start, end = source.offset(edit.line, edit.column), source.offset(edit.end_line, edit.end_column)
    except ValueError as error:
        raise EditError(f"an edit lies outside of the text: {error}") from error
    if end < start:
        raise EditError(f"an edit in line {edit.line} ends before it begins")
    return start, end, edit.text


def line_break(text: str) -> str:
    """The line break that a text uses first; LF when it has none."""
    at = text.find("\n")
    if at > 0 and text[at - 1] == "\r":
        return "\r\n"
    if at < 0 and "\r" in text:
        return "\r"
    return "\n"


def write_atomic(path: str, text: str) -> None:
    """Write a UTF-8 file through a neighbour and a rename: a reader sees the old text or the new one, never a part.

    Links are followed; the mode and the byte order mark of an existing file are kept. Raises OSError.
    """
    import shutil
    import tempfile

    target = os.path.realpath(path)
    exists = os.path.exists(target)
    if exists and not text.startswith(_BOM):
        with open(target, "rb") as old:
            text = (_BOM if old.read(3) == _BOM.encode() else "") + text
    handle, neighbour = tempfile.mkstemp(prefix=".gliner-audit-", dir=os.path.dirname(target))
    try:
        with open(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        if exists:
            shutil.copymode(target, neighbour)
        else:
            os.chmod(neighbour, 0o666 & ~_umask())
        os.replace(neighbour, target)
    except BaseException:
        os.unlink(neighbour)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
