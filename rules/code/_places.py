"""Places of findings in the syntax tree of a file."""

from __future__ import annotations

import ast


def offset_of(text: str, line: int, column: int) -> int:
    """The offset in UTF-8 bytes, as `ast` counts, of a 1-based column in code points."""
    lines = text.split("\n")
    return len(lines[line - 1][: column - 1].encode()) if line <= len(lines) else 0


def holds(node: ast.AST, line: int, offset: int) -> bool:
    """Whether a node spans a place: a 1-based line, an offset in bytes."""
    if isinstance(
        node, ast.comprehension | ast.arguments | ast.keyword | ast.withitem | ast.match_case | ast.excepthandler
    ):
        return any(holds(child, line, offset) for child in ast.iter_child_nodes(node))
    first, last = getattr(node, "lineno", None), getattr(node, "end_lineno", None)
    if first is None or last is None:
        return False
    start, end = (first, node.col_offset), (last, node.end_col_offset)  # type: ignore[attr-defined]
    return bool(start <= (line, offset) < end)
