"""What a test of the code comes to with the values of one config: `if cfg["max_steps"] is not None`."""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from ._places import holds, offset_of

if TYPE_CHECKING:
    from ...audit.trace.flow import KeyFlow
    from ...audit.trace.values import Site
    from ._audited import Audited

UNKNOWN = object()


class Given:
    """The values of one config, read from these loads. Whatever the code may have changed before is unknown."""

    def __init__(self, audited: Audited, data: Any, loads: Collection[int]) -> None:
        self.audited = audited
        self.data = data
        self.reads: list[tuple[Site, KeyFlow]] = [
            (read.site, key)
            for key in audited.entry.keys
            if key.kind == "config" and not key.overwritten and not key.lost
            for read in key.reads
            if read.source in loads
        ]

    def decides(self, file: str, test: ast.expr) -> bool | None:
        """Whether a test of a file holds; None where that is not certain."""
        match test:
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                inner = self.decides(file, operand)
                return None if inner is None else not inner
            case ast.BoolOp(op=op, values=values):
                stops = isinstance(op, ast.Or)
                found = [self.decides(file, value) for value in values]
                return stops if stops in found else None if None in found else not stops
            case ast.Compare(left=left, ops=[op], comparators=[ast.Constant(value=other)]):
                value = self.value(file, left)
                if value is UNKNOWN or not isinstance(op, ast.Is | ast.IsNot | ast.Eq | ast.NotEq):
                    return None
                if isinstance(op, ast.Is | ast.IsNot) and other is not None:
                    return None
                same = value is None if other is None else bool(value == other)
                return same is isinstance(op, ast.Is | ast.Eq)
        value = self.value(file, test)
        return None if value is UNKNOWN else bool(value)

    def value(self, file: str, expression: ast.expr) -> Any:
        """The value of a look-up by a constant name; UNKNOWN for anything else."""
        leaf, default = _look_up(expression)
        keys = {key.key: key for site, key in self.reads if key.leaf == leaf and self._inside(site, file, expression)}
        if leaf is None or len(keys) != 1:
            return UNKNOWN
        ((name, key),) = keys.items()
        if "[" in name:
            return UNKNOWN
        found = self.data
        for part in name.split("."):
            if not isinstance(found, Mapping):
                return UNKNOWN
            if part not in found:
                others = [
                    one for one in key.defaults if not one.library and not self._inside(one.site, file, expression)
                ]
                return UNKNOWN if others else default
            found = found[part]
        return found

    def _inside(self, site: Site | None, file: str, expression: ast.expr) -> bool:
        text = self.audited.text(file)
        if site is None or site.file != file or text is None:
            return False
        return holds(expression, site.line, offset_of(text, site.line, site.column))


def _look_up(expression: ast.expr) -> tuple[str | None, Any]:
    """The name that is looked up, and what comes when there is none."""
    match expression:
        case ast.Subscript(slice=ast.Constant(value=str(name))):
            return name, UNKNOWN
        case ast.Attribute(attr=name):
            return name, UNKNOWN
        case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(value=str(name))], keywords=[]):
            return name, None
        case ast.Call(
            func=ast.Attribute(attr="get"),
            args=[ast.Constant(value=str(name)), ast.Constant(value=default)],
            keywords=[],
        ):
            return name, default
    return None, UNKNOWN
