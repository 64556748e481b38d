"""Defaults that a table of the project states for its keys: `("lr", float, 1e-5)` or `"lr": {"default": 1e-5}`.

A table that only validates leaves its defaults to others, so what it states and what holds can drift apart.
"""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ...audit.trace.values import Site
from ._guards import tree

if TYPE_CHECKING:
    from ...audit.trace.flow import KeyFlow
    from ._audited import Audited

_NAMED = re.compile(r"(^|_)default(_|$)", re.IGNORECASE)


class Stated(NamedTuple):
    """One layer of the project, the constant that it gives when the user says nothing, and its place."""

    layer: str
    value: Any
    site: Site


def stated(audited: Audited, key: KeyFlow) -> list[Stated]:
    """The defaults that tables state for a key, as its rows have them; null states nothing."""
    found = []
    for declared in key.declared:
        module = tree(audited.text(declared.site.file) or "")
        if not declared.by.startswith("table ") or module is None:
            continue
        value = _default(module, declared.site, declared.by.removeprefix("table "))
        if isinstance(value, ast.Constant) and value.value is not None:
            found.append(Stated(declared.by, value.value, _site(declared.site.file, value)))
    return found


def _default(module: ast.Module, site: Site, table: str) -> ast.expr | None:
    """The expression of the default in the row whose name stands at a site."""
    row = _rows(module).get((site.line, site.column))
    if isinstance(row, ast.Dict):
        pairs = zip(row.keys, row.values, strict=True)
        return next((v for k, v in pairs if isinstance(k, ast.Constant) and k.value == "default"), None)
    if row is None:
        return None
    column = _column(module, table)
    return row.elts[column] if column is not None and column < len(row.elts) else None


@lru_cache(maxsize=8)
def _rows(module: ast.Module) -> dict[tuple[int, int], ast.Dict | ast.Tuple | ast.List]:
    """The rows of the tables of a module by the place of their names."""
    found: dict[tuple[int, int], ast.Dict | ast.Tuple | ast.List] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.Dict):
            for name, row in zip(node.keys, node.values, strict=True):
                if isinstance(name, ast.Constant) and isinstance(row, ast.Dict):
                    found.setdefault(_place(name), row)
        elif isinstance(node, ast.Tuple | ast.List) and node.elts and isinstance(node.elts[0], ast.Constant):
            found.setdefault(_place(node.elts[0]), node)
    return found


@lru_cache(maxsize=32)
def _column(module: ast.Module, table: str) -> int | None:
    """Which column of a table holds defaults: the place that a loop over it names so."""
    for node in ast.walk(module):
        if not isinstance(node, ast.For | ast.comprehension) or not isinstance(node.target, ast.Tuple):
            continue
        if isinstance(node.iter, ast.Name) and node.iter.id == table:
            for place, name in enumerate(node.target.elts):
                if isinstance(name, ast.Name) and _NAMED.search(name.id):
                    return place
    return None


def _place(node: ast.Constant) -> tuple[int, int]:
    return node.lineno, node.col_offset + 1


def _site(file: str, node: ast.expr) -> Site:
    last = node.end_lineno or node.lineno
    return Site(file, node.lineno, node.col_offset + 1, last, (node.end_col_offset or node.col_offset) + 1)
