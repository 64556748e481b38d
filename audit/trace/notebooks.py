"""Notebooks as modules: the code cells joined, magics blanked out, every line mapped to its line in the .ipynb file."""

from __future__ import annotations

import json
from typing import NamedTuple


class Cells(NamedTuple):
    """Python source of a notebook and, for each of its lines, the 1-based line of the file that holds it."""

    source: str
    lines: list[int]


def read(text: str) -> Cells:
    """Raises ValueError when `text` is not a notebook."""
    try:
        document = json.loads(text)
        cells = [c for c in document["cells"] if c.get("cell_type") == "code"]
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a notebook: {error}") from None
    raw = text.splitlines()
    cursor = 0
    source: list[str] = []
    lines: list[int] = []
    for cell in cells:
        parts = cell.get("source", [])
        code = "".join(parts) if isinstance(parts, list) else str(parts)
        cell_lines = code.splitlines()
        whole_cell_magic = bool(cell_lines) and cell_lines[0].startswith("%%")
        for line in cell_lines:
            found = _find(raw, cursor, line)
            if found is not None:
                cursor = found
            lines.append(cursor + 1)
            source.append("" if whole_cell_magic else _plain(line))
        source.append("")
        lines.append(cursor + 1)
    return Cells("\n".join(source) + "\n", lines)


def _find(raw: list[str], start: int, line: str) -> int | None:
    wanted = (json.dumps(line)[1:-1], json.dumps(line, ensure_ascii=False)[1:-1])
    if not line.strip():
        return None
    for index in range(start, len(raw)):
        if wanted[0] in raw[index] or wanted[1] in raw[index]:
            return index
    return None


def _plain(line: str) -> str:
    """Shell escapes and magics become `pass`, so that an indented one keeps its block valid."""
    stripped = line.lstrip()
    if stripped.startswith(("!", "%")) or stripped.endswith("?"):
        return line[: len(line) - len(stripped)] + "pass"
    return line
