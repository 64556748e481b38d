"""What the layers in front of the training arguments (train_model, create_training_args) do with each parameter."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any, NamedTuple

from .program import Function, FunctionNode, Program


class Replaced(NamedTuple):
    """A parameter whose value a layer may exchange: the expression handed on, when that happens, and where."""

    expression: str
    when: str
    source: str


class Wrapper(NamedTuple):
    """One layer. `replaced` are parameters handed on as another value; `used` those it uses itself and hands to nobody
    under their name, with the reader ("gliner/model.py:2484 BaseGLiNER.train_model"); `dropped` those that it takes
    and nothing in its body mentions."""

    replaced: dict[str, Replaced]
    used: dict[str, str]
    dropped: tuple[str, ...]


def wrapper(function: Function) -> Wrapper:
    """Read one layer's body: each parameter is handed on under its name, replaced, used, or dropped."""
    assert isinstance(function.node, FunctionNode)
    arguments = function.node.args
    names = [a.arg for a in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]]
    names = [n for n in names if n != function.first_parameter]
    replaced: dict[str, Replaced] = {}
    for node in function.nodes:
        if isinstance(node, ast.Call):
            for name, value in _handed_on(node):
                if name in names:
                    when = replacement(name, value)
                    if when is not None:
                        replaced[name] = Replaced(ast.unparse(value), when, function.source(value))
        elif isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            when = replacement(name, node.value) if name in names else None
            if when is not None:
                replaced[name] = Replaced(ast.unparse(node.value), when, function.source(node.value))
    handed = {name for node in function.nodes if isinstance(node, ast.Call) for name, _ in _handed_on(node)}
    read: dict[str, str] = {}
    for node in function.nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names:
            read.setdefault(node.id, f"{function.source(node)} {function.qualname}")
    used = {name: where for name, where in read.items() if name not in handed}
    return Wrapper(replaced, used, tuple(n for n in names if n not in read))


def _handed_on(call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    for keyword in call.keywords:
        if keyword.arg is not None:
            yield keyword.arg, keyword.value


def replacement(name: str, value: ast.AST) -> str | None:
    """When an expression that stands for parameter `name` has another value than the parameter; None if never."""
    match value:
        case ast.BoolOp(op=ast.Or(), values=[ast.Name(id=first), *_]) if first == name:
            return "falsy"
        case ast.BoolOp(op=ast.And(), values=values) if _ends_in(name, values):
            return "falsy"
        case ast.IfExp(test=ast.Name(id=test), body=ast.Name(id=kept)) if test == name == kept:
            return "falsy"
        case ast.IfExp(body=ast.Name(id=kept)) if kept == name:
            return f"not ({ast.unparse(value.test)})"
        case ast.IfExp(orelse=ast.Name(id=kept)) if kept == name:
            return ast.unparse(value.test)
        case ast.Call(func=ast.Name(id="max" | "min" as clamp), args=args) if _among(name, args):
            others = ", ".join(ast.unparse(a) for a in args if not (isinstance(a, ast.Name) and a.id == name))
            return f"{'less' if clamp == 'max' else 'greater'} than {others}"
        case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Name(id=key), *_]) if key == name:
            return "mapped through a table"
        case ast.Subscript(slice=ast.Name(id=key)) if key == name:
            return "mapped through a table"
    return None


def _ends_in(name: str, values: list[Any]) -> bool:
    return isinstance(values[-1], ast.Name) and values[-1].id == name and len(values) > 1


def _among(name: str, arguments: list[Any]) -> bool:
    return any(isinstance(a, ast.Name) and a.id == name for a in arguments)


def gliner_wrappers(program: Program) -> dict[str, Wrapper]:
    """The layers of gliner by surface name; empty in versions that have none."""
    module = program.modules.get("gliner.model")
    found: dict[str, Wrapper] = {}
    for cls in module.classes.values() if module else ():
        for name in ("train_model", "create_training_args"):
            for function in cls.methods.get(name, ()):
                surface = f"gliner.GLiNER.{name}"
                if surface not in found or cls.name == "BaseGLiNER":
                    found[surface] = wrapper(function)
    return found
