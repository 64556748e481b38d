"""Notebooks as modules: the code cells joined, magics blanked out, every line mapped to its line in the .ipynb file."""

from __future__ import annotations

import ast
import json
import re
from typing import NamedTuple

_PYTHON_MAGICS = (["time"], ["timeit"], ["capture"], ["prun"], ["python"], ["python3"])
"""Cell magics whose cell is Python of this notebook."""
_HELP = re.compile(r"\?{1,2}[\w.]+|[\w.]+\?{1,2}")
_ASSIGNED = re.compile(r"^(\s*[\w.\[\], '\"]+ = )[!%].*$")


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
        cell_lines: list[str] = list(code.splitlines())
        for line, python in zip(cell_lines, _python(cell_lines), strict=True):
            found = _find(raw, cursor, line)
            if found is not None:
                cursor = found
            lines.append(cursor + 1)
            source.append(python)
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


def _python(cell: list[str]) -> list[str]:
    """The lines of a cell as Python: shell escapes and magics blanked out, each line in its place."""
    first = next((line for line in cell if line.strip()), "")
    if first.startswith("%%") and first[2:].split()[:1] not in _PYTHON_MAGICS:
        return [""] * len(cell)
    try:
        ast.parse("\n".join(cell))
    except (SyntaxError, ValueError):
        pass
    else:
        return cell
    out: list[str] = []
    continued = False
    for line in cell:
        out.append("" if continued else _plain(line))
        continued = (continued or out[-1] != line) and line.rstrip().endswith("\\")
    return out


def _plain(line: str) -> str:
    """Shell escapes and magics become `pass`, so that an indented one keeps its block valid; `x = !ls` becomes None."""
    stripped = line.lstrip()
    if stripped.startswith(("!", "%")) or _HELP.fullmatch(stripped.rstrip()):
        return line[: len(line) - len(stripped)] + "pass"
    return _ASSIGNED.sub(r"\1None", line)
