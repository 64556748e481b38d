"""Annotations of library source as JSON Schema."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from ..types import BUILTIN, Schema, array_of, mapping_of, one_of_values, pair_of, union
from .constants import enum_members, evaluate
from .source import Module

_ARRAYS = frozenset({"list", "List", "set", "Set", "Sequence", "Iterable"})
_TUPLES = frozenset({"tuple", "Tuple"})
_MAPPINGS = frozenset({"dict", "Dict", "Mapping"})

#: peft spells a family of strings as one literal: "pissa_niter_[number of iters]" (peft/tuners/lora/config.py).
_COUNTED = "[number of iters]"


def annotation(node: ast.AST | None, module: Module) -> Schema:
    """The values that an annotation declares; `{}` where it says nothing that a config file could break."""
    match node:
        case None:
            return {}
        case ast.Constant(value=None):
            return {"type": "null"}
        case ast.Constant(value=str() as text):
            return annotation(ast.parse(text, mode="eval").body, module)
        case ast.BinOp(op=ast.BitOr()):
            return union(annotation(part, module) for part in _alternatives(node))
        case ast.Subscript(value=base, slice=inner):
            return _generic(ast.unparse(base).rpartition(".")[2], inner, module)
        case ast.Name() | ast.Attribute():
            return _class(node, module)
    return {}


def _alternatives(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        yield from _alternatives(node.left)
        yield from _alternatives(node.right)
    else:
        yield node


def _generic(base: str, inner: ast.expr, module: Module) -> Schema:
    arguments = list(inner.elts) if isinstance(inner, ast.Tuple) else [inner]
    if base == "Optional":
        return union([annotation(inner, module), {"type": "null"}])
    if base == "Union":
        return union(annotation(argument, module) for argument in arguments)
    if base == "Literal":
        return literal([evaluate(argument, module) for argument in arguments])
    if base in _ARRAYS:
        return array_of(annotation(arguments[0], module))
    if base in _TUPLES:
        if isinstance(arguments[-1], ast.Constant) and arguments[-1].value is ...:
            return array_of(annotation(arguments[0], module))
        return pair_of([annotation(argument, module) for argument in arguments])
    if base in _MAPPINGS:
        return mapping_of(annotation(arguments[-1], module) if len(arguments) == 2 else {})
    if base in ("Annotated", "ClassVar", "Final"):
        return annotation(arguments[0], module)
    return {}


def literal(values: list[Any]) -> Schema:
    """The values of a `Literal`; a value with a placeholder becomes a pattern."""
    counted = [value for value in values if isinstance(value, str) and value.endswith(_COUNTED)]
    parts: list[Schema] = [one_of_values([value for value in values if value not in counted])]
    parts += [{"type": "string", "pattern": f"^{value.removesuffix(_COUNTED)}[0-9]+$"} for value in counted]
    return union(parts)


def _class(node: ast.Name | ast.Attribute, module: Module) -> Schema:
    text = ast.unparse(node)
    found = module.find(text)
    if found is None:
        return dict(BUILTIN.get(text.rpartition(".")[2], {}))
    members = enum_members(found)
    if members is not None:
        return one_of_values(members.values())
    if isinstance(found.node, ast.ClassDef):
        return {"type": "object"} if is_dataclass(found.node) else {}
    return annotation(found.node, found.module)


def is_dataclass(node: ast.ClassDef) -> bool:
    """Whether a class is decorated as a dataclass: a config file may hold a mapping for it."""
    decorators = [ast.unparse(decorator).partition("(")[0] for decorator in node.decorator_list]
    return any(name.rpartition(".")[2] == "dataclass" for name in decorators)
