"""What a call of each kind of reference means."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from . import calls, classes, libraries
from .builtins.functions import call_builtin
from .builtins.methods import call_method
from .builtins.standard import call_maker
from .code import ClassRef, FunctionRef
from .objects import resolve
from .values import BoundRef, BuiltinRef, ExtRef, ImportedRef, MakerRef, MethodRef, PartialRef, Value, ref

if TYPE_CHECKING:
    from .calls import Arguments
    from .machine import Frame, Machine

Model = Callable[["Machine", Any, "Arguments", ast.AST, "Frame"], Value]
_FORGET = frozenset({"isinstance", "issubclass", "callable", "id", "type", "hasattr", "len", "dir"})
_WRITE = ("setattr", "operator.setitem", "dict.", "list.", "set.", "object.")
"""What is told by asking alone, and what stores its arguments in the heap."""


def _function(m: Machine, target: FunctionRef, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    return calls.enter(m, target.function, args, node)


def _bound(m: Machine, target: BoundRef, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    return calls.call(m, ref(target.function), args.shifted(target.receiver), node, frame)


def _class(m: Machine, target: ClassRef, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    return classes.instantiate(m, target.info, args, node)


def _builtin(m: Machine, target: BuiltinRef, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    return _conserved(m, args, node, target.name, lambda: call_builtin(m, target.name, args, node, frame))


def _external(m: Machine, target: ExtRef, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    return _conserved(m, args, node, target.path, lambda: libraries.call_external(m, target, args, node, frame))


def _method(m: Machine, target: MethodRef, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    return call_method(m, target.receiver, target.name, args, node, frame)


def _maker(m: Machine, target: MakerRef, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    return call_maker(m, target, args, node)


def _imported(m: Machine, target: ImportedRef, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    return calls.call(m, resolve(m, ref(target), node), args, node, frame)


def _conserved(m: Machine, args: Arguments, node: ast.AST, name: str, model: Callable[[], Value]) -> Value:
    """The result of a model, which must account for every key that it was given: in what it returns or in what it
    observes. Of a key that is gone without a trace nothing can be denied."""
    if m.quiet or m.inside_surface or name in _FORGET or name.startswith(_WRITE):
        return model()
    given = dict.fromkeys(key for value in args.all() for key in m.content(value).origins if key.path)
    if not given:
        return model()
    seen = m.log.count
    made = model()
    if m.log.count == seen:
        kept = m.content(made).origins
        for key in given:
            if key not in kept:
                m.escape_key(key, f"what {name}() makes of it is not followed", m.site(node), whole=True)
    return made


MODELS: dict[type, Model] = {
    FunctionRef: _function,
    BoundRef: _bound,
    ClassRef: _class,
    PartialRef: calls.call_partial,
    BuiltinRef: _builtin,
    MethodRef: _method,
    ExtRef: _external,
    MakerRef: _maker,
    ImportedRef: _imported,
}
