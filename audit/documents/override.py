"""`--set key=value`: a value laid over a config's text, as if it had been written there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from .edit import apply_edits
from .load import load

if TYPE_CHECKING:
    from .document import Document
    from .node import Path


class OverrideError(ValueError):
    """A `--set` that cannot be laid over this config: one line that says why."""


class _Edit(NamedTuple):
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


def override(document: Document, items: tuple[str, ...]) -> Document:
    """The document with every `key=value` laid over it; the value is read as the config's own format reads it.

    A key that is there gets another value; one that is not is added to its section, and a section to the file (YAML).
    Raises OverrideError.
    """
    for item in items:
        key, sign, value = item.partition("=")
        if not sign or not all(key.split(".")):
            raise OverrideError(f"--set takes key=value with a dotted key, not {item!r}")
        text = _laid(document, tuple(key.split(".")), value)
        document = load(document.path, text, document.format)
        if not document.loads:
            raise OverrideError(f"--set {item}: {document.problems[0].message}")
    return document


def _laid(document: Document, path: Path, value: str) -> str:
    node = document.node(path)
    if document.format == "json":
        value = _as_json(value)
    if node is not None:
        return apply_edits(document.text, [_Edit(*node.span, value)])
    if document.format != "yaml":
        raise OverrideError(f"--set {'.'.join(map(str, path))}: the key is not in the file; add it there")
    return _added(document, path, value)


def _added(document: Document, path: Path, value: str) -> str:
    """The text with a key that is not there yet: below the last key of the nearest section that is."""
    depth = next((depth for depth in range(len(path) - 1, 0, -1) if document.node(path[:depth]) is not None), 0)
    parent = document.node(path[:depth])
    lines = document.text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    children = [child for _, child in parent.items()] if parent is not None else []
    last = children[-1] if children else None
    if last is None or last.key_span is None:
        if depth:
            raise OverrideError(f"--set {'.'.join(map(str, path))}: `{path[depth - 1]}` is no section; write it out")
        column, at = 1, len(lines)
    else:
        column, at = last.key_span.column, last.span.end_line
        if lines[last.key_span.line - 1][: column - 1].strip():
            raise OverrideError(
                f"--set {'.'.join(map(str, path))}: the section is written on one line; add the key there"
            )
    new = [f"{' ' * (column - 1 + 2 * step)}{part}:" for step, part in enumerate(path[depth:])]
    new[-1] += f" {value}"
    return "".join([*lines[:at], *(f"{line}\n" for line in new), *lines[at:]])


def _as_json(value: str) -> str:
    try:
        json.loads(value)
    except ValueError:
        return json.dumps(value)
    return value
