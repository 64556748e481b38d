"""Constants of library source, evaluated without running it: literals, enum members, tables and keys of tables."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Any

from .source import Found, Module

ENUM_ROOTS = frozenset({"Enum", "StrEnum", "IntEnum", "ExplicitEnum"})


class NotConstant(ValueError):
    """The expression depends on something that only a run knows."""


def evaluate(node: ast.AST, module: Module, scope: dict[str, ast.AST] | None = None) -> Any:
    """The JSON value of an expression. Enum members become their value, tuples and sets lists, `MODULE.LEVEL` fails.

    `scope` holds names that shadow the module's (the body of a class). Raises NotConstant.
    """
    match node:
        case ast.Constant(value=value) if value is None or isinstance(value, (bool, int, float, str)):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -evaluate(operand, module, scope)
        case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
            return [evaluate(element, module, scope) for element in elements]
        case ast.Dict(keys=keys, values=values):
            return dict(zip((_key(key, module, scope) for key in keys),
                            (evaluate(value, module, scope) for value in values), strict=True))  # fmt: skip
        case ast.Name(id=name) if scope and name in scope:
            return evaluate(scope[name], module, scope)
        case ast.Name() | ast.Attribute():
            return _named(node, module)
        case ast.Call(func=ast.Name(id="list" | "tuple" | "dict" | "set"), args=[], keywords=[]):
            return {} if ast.unparse(node.func) == "dict" else []
        case ast.Call(func=ast.Attribute(attr="keys") | ast.Name(id="list" | "tuple" | "set" | "sorted")):
            return values_of(node, module)
        case ast.Lambda(body=body):
            return evaluate(body, module, scope)
    raise NotConstant(ast.unparse(node))


def values_of(node: ast.AST, module: Module) -> list[Any]:
    """The finite collection that an expression stands for: a literal, a table's keys, `list(SomeEnum)`.

    Raises NotConstant.
    """
    match node:
        case ast.Call(func=ast.Attribute(value=table, attr="keys"), args=[]):
            return table_keys(table, module)
        case ast.Call(func=ast.Name(id="list" | "tuple" | "set" | "sorted"), args=[inner]):
            return values_of(inner, module)
        case ast.Name() | ast.Attribute():
            found = module.find(ast.unparse(node))
            if found is not None and (members := enum_members(found)) is not None:
                return list(members.values())
            if found is not None and not isinstance(found.node, (ast.ClassDef, ast.FunctionDef)):
                return values_of(found.node, found.module)
        case ast.Dict():
            return table_keys(node, module)
        case ast.List() | ast.Tuple() | ast.Set():
            return list(evaluate(node, module))
    raise NotConstant(ast.unparse(node))


def table_keys(node: ast.AST, module: Module) -> list[Any]:
    """The keys of a dict: a literal, `dict(**other, key=…)`, a copy, or a call that returns a module's table.

    Raises NotConstant.
    """
    match node:
        case ast.Dict(keys=keys, values=values):
            found: list[Any] = []
            for key, value in zip(keys, values, strict=True):
                found += table_keys(value, module) if key is None else [evaluate(key, module)]
            return found
        case ast.Call(func=ast.Name(id="dict"), args=args, keywords=keywords):
            keys_found: list[Any] = [key for arg in args for key in table_keys(arg, module)]
            for keyword in keywords:
                keys_found += table_keys(keyword.value, module) if keyword.arg is None else [keyword.arg]
            return keys_found
        case ast.Call(func=ast.Attribute(value=inner, attr="copy"), args=[]):
            return table_keys(inner, module)
        case ast.Call(func=ast.Name() | ast.Attribute(), args=[], keywords=[]):
            called = module.find(ast.unparse(node.func))
            if called is not None and isinstance(called.node, ast.FunctionDef):
                last = called.node.body[-1]
                if isinstance(last, ast.Return) and last.value is not None:
                    return table_keys(last.value, called.module)
        case ast.Name() | ast.Attribute():
            named = module.find(ast.unparse(node))
            if named is not None and isinstance(named.node, ast.expr):
                return table_keys(named.node, named.module)
    raise NotConstant(ast.unparse(node))


def enum_members(found: Found) -> dict[str, Any] | None:
    """Name and value of each member, if the definition is an enum with constant values; None otherwise."""
    node = found.node
    if not isinstance(node, ast.ClassDef) or not ENUM_ROOTS & set(_base_names(found)):
        return None
    members: dict[str, Any] = {}
    for item in node.body:
        if isinstance(item, ast.Assign) and len(item.targets) == 1 and isinstance(item.targets[0], ast.Name):
            members[item.targets[0].id] = evaluate(item.value, found.module)
    return members


def _base_names(found: Found) -> Iterable[str]:
    assert isinstance(found.node, ast.ClassDef)
    for base in found.node.bases:
        text = ast.unparse(base)
        yield text.rpartition(".")[2]
        parent = found.module.find(text)
        if parent is not None and isinstance(parent.node, ast.ClassDef):
            yield from _base_names(parent)


def _key(key: ast.AST | None, module: Module, scope: dict[str, ast.AST] | None) -> Any:
    if key is None:
        raise NotConstant("** in a dict")
    return evaluate(key, module, scope)


def _named(node: ast.Name | ast.Attribute, module: Module) -> Any:
    text = ast.unparse(node)
    found = module.find(text)
    if found is not None and isinstance(found.node, ast.expr):
        return evaluate(found.node, found.module)
    owner, _, member = text.rpartition(".")
    if member == "value":
        owner, _, member = owner.rpartition(".")
    holder = module.find(owner) if owner else None
    members = enum_members(holder) if holder is not None else None
    if members is None or member not in members:
        raise NotConstant(text)
    return members[member]
