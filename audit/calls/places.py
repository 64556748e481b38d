"""Columns of code inside a notebook: the code line stands in a JSON string, after its indentation and quote."""

from __future__ import annotations

from ..trace.values import Site


def in_notebook(text: str, site: Site) -> Site:
    """The site with the columns of the .ipynb file; `text` is the file, the site counts columns in the code line."""
    lines = text.split("\n")
    first, last = _column(lines, site.line, site.column), _column(lines, site.end_line, site.end_column)
    return site._replace(column=first, end_column=last)


def _column(lines: list[str], line: int, column: int) -> int:
    raw = lines[line - 1] if line <= len(lines) else ""
    place = raw.find('"') + 1
    for _ in range(column - 1):
        if place >= len(raw):
            break
        place += 1 if raw[place] != "\\" else 6 if raw[place + 1 : place + 2] == "u" else 2
    return min(place, len(raw)) + 1
