"""Calls that need no interpreting: those with remembered results, and recursion that adds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .code import Function
from .values import ANY, BuiltinRef

if TYPE_CHECKING:
    from .calls import Arguments
    from .machine import Frame


def adds_nothing(running: list[Frame], args: Arguments) -> bool:
    """A recursion that comes back to the arguments it is at: whatever it adds, the call that runs adds already."""
    if any(ANY in n.path for v in args.all() for n in v.nodes()):
        return True
    given = args.shape()
    return any(f.arguments is not None and f.arguments.shape() == given for f in running)


def memo_key(fn: Function, args: Arguments) -> Any:
    """Calls on plain values alone are remembered; anything that points into the heap is interpreted again."""
    if args.opens or args.rest is not None or args.unknown is not None or fn.generator:
        return None
    values = [*args.positional, *args.keywords.values()]
    if any(v.refs and any(not isinstance(r, BuiltinRef) for r in v.refs) for v in values):
        return None
    if any(v.origins for v in values):
        return None
    try:
        key = (
            id(fn),
            tuple(v.signature() for v in args.positional),
            tuple((k, v.signature()) for k, v in args.keywords.items()),
        )
        hash(key)
    except TypeError:
        return None
    return key
