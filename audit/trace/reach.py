"""What a value reaches through containers: objects, config subtrees, origins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .values import Node, ObjRef, Value, join

if TYPE_CHECKING:
    from .heap import Obj
    from .state import State

LIMIT = 200
"""So many objects are visited; a value that reaches more is too large to be followed."""


def reached(state: State, value: Value) -> Iterator[tuple[Any, Obj | None]]:
    """The objects that a value points to, directly or through containers; None stands for a config subtree."""
    seen: set[Any] = set()
    stack = [value]
    while stack and len(seen) < LIMIT:
        for target in stack.pop().refs:
            if not isinstance(target, ObjRef) or target.oid in seen:
                continue
            seen.add(target.oid)
            if isinstance(target.oid, Node):
                yield target.oid, None
                continue
            obj = state.peek(target.oid)
            if obj is None or obj.kind == "scope":
                continue
            yield target.oid, obj
            stack.extend(obj.fields.values())
            if obj.rest is not None:
                stack.append(obj.rest)


def held(state: State, value: Value) -> list[Node]:
    """Config subtrees that a value points to, directly or through containers."""
    found: list[Node] = []
    for oid, obj in reached(state, value):
        if obj is None:
            found.append(oid)
        elif obj.base is not None:
            found.append(obj.base)
    return found


def content(state: State, value: Value) -> Value:
    """`value` joined with all that it contains: the origins that travel with a container."""
    out = Value(value.origins, lost=value.lost)
    for _, obj in reached(state, value):
        if obj is None:
            continue
        for inner in [*obj.fields.values(), *([obj.rest] if obj.rest is not None else [])]:
            out = join(out, Value(inner.origins, lost=inner.lost))
        if obj.base is not None:
            out = join(out, Value({obj.base.key: obj.tags}))
    return out
