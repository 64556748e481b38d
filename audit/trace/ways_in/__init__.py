"""Ways in: where keys enter a script. One module for each mechanism; this one asks them in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ast

    from ..calls import Arguments
    from ..heap import Obj
    from ..machine import Frame, Machine
    from ..values import ExtRef, Value


def call(m: Machine, target: ExtRef, args: Arguments, node: ast.AST, frame: Frame) -> Value | None:
    """The model of a library call that brings keys in; None when no mechanism knows it."""
    from . import argument_parser, commands, dataclass_parsers, files, omegaconf

    models = (files.call, argument_parser.call, commands.call, dataclass_parsers.call, omegaconf.call)
    for model in models:
        found = model(m, target, args, node)
        if found is not None:
            return found
    return None


def object_method(m: Machine, target: Any, obj: Obj | None, name: str, args: Arguments, node: ast.AST) -> Value | None:
    """The model of a method of an object that a mechanism made, or of a class; None when no mechanism knows it."""
    from . import argument_parser, dataclass_parsers, pydantic

    for model in (argument_parser.method, dataclass_parsers.method, pydantic.method):
        found = model(m, target, obj, name, args, node)
        if found is not None:
            return found
    return None
