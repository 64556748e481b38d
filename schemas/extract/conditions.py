"""Raise conditions as schemas: what values of one parameter survive `if <test>: raise …`.

Only tests that speak of one parameter and of constants are understood; anything else (a second parameter, the
environment, a call) yields nothing, so that a schema never refuses what the library takes.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ..surface import MISSING
from ..types import BUILTIN, Schema, one_of_values, type_names, with_default
from .constants import NotConstant, evaluate, values_of
from .source import Module


class Demand(NamedTuple):
    """What the values of one parameter must fit, and where the code says so."""

    name: str
    schema: Schema
    source: str


_REFUSED_BELOW = {ast.Lt: "minimum", ast.LtE: "exclusiveMinimum", ast.Gt: "maximum", ast.GtE: "exclusiveMaximum"}
_WANTED = {ast.Lt: "exclusiveMaximum", ast.LtE: "maximum", ast.Gt: "exclusiveMinimum", ast.GtE: "minimum"}
_MIRRORED: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE, ast.Eq: ast.Eq, ast.NotEq: ast.NotEq,
}  # fmt: skip


def parameter_of(node: ast.AST, names: Iterable[str]) -> str | None:
    """The parameter that an expression is: `name` or `self.name`."""
    match node:
        case ast.Name(id=name) | ast.Attribute(value=ast.Name(id="self"), attr=name) if name in names:
            return name
    return None


def surviving(test: ast.expr, names: Iterable[str], module: Module) -> Demand | None:
    """The demand on the values that pass `if test: raise`; None when the test is not understood."""
    found = _refuse(test, frozenset(names), module)
    return None if found is None else Demand(found[0], found[1], module.at(test))


def not_none(test: ast.expr, names: Iterable[str]) -> str | None:
    """The parameter that a test holds to be given: `x is not None`."""
    match test:
        case ast.Compare(left=left, ops=[ast.IsNot()], comparators=[ast.Constant(value=None)]):
            return parameter_of(left, names)
    return None


def is_none(test: ast.expr, names: Iterable[str]) -> str | None:
    """The parameter that a test finds to be missing: `x is None`."""
    match test:
        case ast.Compare(left=left, ops=[ast.Is()], comparators=[ast.Constant(value=None)]):
            return parameter_of(left, names)
    return None


_Named = tuple[str, Schema]


def _refuse(test: ast.expr, names: frozenset[str], module: Module) -> _Named | None:
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _accept(operand, names, module)
        case ast.BoolOp(op=ast.Or(), values=parts):
            return _joined([_refuse(part, names, module) for part in parts])
        case ast.BoolOp(op=ast.And(), values=[guard, rest]) if (given := not_none(guard, names)) is not None:
            found = _refuse(rest, names, module)
            return (given, or_null(found[1])) if found is not None and found[0] == given else None
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return _compared(left, op, right, names, module)
    return None


def _accept(test: ast.expr, names: frozenset[str], module: Module) -> _Named | None:
    match test:
        case ast.BoolOp(op=ast.And(), values=parts):
            return _joined([_accept(part, names, module) for part in parts])
        case ast.Compare(left=low, ops=[first, second], comparators=[middle, high]):
            lower = ast.Compare(left=low, ops=[first], comparators=[middle])
            upper = ast.Compare(left=middle, ops=[second], comparators=[high])
            return _joined([_accept(lower, names, module), _accept(upper, names, module)])
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return _ordered(left, op, right, names, module, _WANTED)
        case ast.Call(func=ast.Name(id="isinstance"), args=[value, ast.Name(id=kind)]) if kind in BUILTIN:
            name = parameter_of(value, names)
            return None if name is None else (name, dict(BUILTIN[kind]))
    return None


def _compared(left: ast.expr, op: ast.cmpop, right: ast.expr, names: frozenset[str], module: Module) -> _Named | None:
    name = parameter_of(left, names)
    try:
        if name is not None and isinstance(op, ast.NotIn):
            return name, one_of_values(values_of(right, module))
        if name is not None and isinstance(op, ast.NotEq):
            return name, one_of_values([evaluate(right, module)])
        if name is not None and isinstance(op, ast.Eq):
            return name, {"not": {"const": evaluate(right, module)}}
    except NotConstant:
        return None
    return _ordered(left, op, right, names, module, _REFUSED_BELOW)


def _ordered(
    left: ast.expr,
    op: ast.cmpop,
    right: ast.expr,
    names: frozenset[str],
    module: Module,
    keywords: Mapping[type[ast.cmpop], str],
) -> _Named | None:
    kind = type(op)
    if parameter_of(left, names) is None and kind in _MIRRORED:
        left, right, kind = right, left, _MIRRORED[kind]
    name = parameter_of(left, names)
    if name is None or kind not in keywords:
        return None
    try:
        bound = evaluate(right, module)
    except NotConstant:
        return None
    return (name, {keywords[kind]: bound}) if isinstance(bound, (int, float)) else None


def _joined(parts: list[_Named | None]) -> _Named | None:
    """The conjunction of demands on one and the same parameter."""
    if any(part is None for part in parts) or len({part[0] for part in parts if part}) != 1:
        return None
    name, schema = "", Schema()
    for part in parts:
        assert part is not None
        name = part[0]
        schema.update(part[1])
    return name, schema


def or_null(schema: Schema) -> Schema:
    """A demand that null passes too; bounds say nothing of null anyway."""
    if "enum" in schema:
        return one_of_values([*schema["enum"], None])
    if "type" in schema:
        return {**schema, "type": [*type_names(schema), "null"]}
    return schema


def apply(schema: Mapping[str, Any], demand: Schema, default: Any) -> Schema:
    """A declared schema under a demand. An enum replaces the declared type; a type narrows it; bounds are added.

    A `default` that is not MISSING stays valid.
    """
    result = dict(schema)
    if "enum" in demand:
        result = dict(demand)
    elif "not" in demand and "enum" in result:
        result["enum"] = [value for value in result["enum"] if value != demand["not"]["const"]]
    else:
        if result and "type" in demand:
            demand = {key: value for key, value in demand.items() if key != "type"} | _narrowed(result, demand)
        result.update(demand)
    return result if default is MISSING else with_default(result, default)


def _narrowed(declared: Schema, demand: Schema) -> Schema:
    """The type that both allow: `isinstance(x, int)` on a declared float leaves integers."""
    allowed, had = set(type_names(demand)), type_names(declared)
    if "integer" in allowed and "number" in had:
        had = tuple("integer" if name == "number" else name for name in had)
    kept = [name for name in had if name in allowed or name == "null"]
    return {"type": kept[0] if len(kept) == 1 else kept} if kept else {}
