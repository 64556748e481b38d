"""Lists, tuples and sets that grow."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .. import access
from ..heap import SEQUENCES, Obj
from ..values import BOTTOM, UNKNOWN, ObjRef, Value, join, literal

if TYPE_CHECKING:
    from ..calls import Arguments
    from ..machine import Machine


def append(m: Machine, target: ObjRef, value: Value, strong: bool = True) -> None:
    obj = m.state.edit(target.oid)
    if obj.size is not None and strong:
        obj.fields[obj.size] = value
        obj.size += 1
    else:
        obj.rest, obj.size = join(obj.rest or BOTTOM, value), None


def extend(m: Machine, container: Value, value: Value) -> None:
    known, others = access.elements(m, value)
    for oid, obj in m.objects(container):
        if obj.kind not in SEQUENCES:
            continue
        for item in known:
            append(m, ObjRef(oid), item)
        if others is not None:
            edited = m.state.edit(oid)
            edited.rest, edited.size = join(edited.rest or BOTTOM, others), None


def add_all(m: Machine, target: ObjRef, args: Arguments) -> None:
    for value in args.positional:
        extend(m, Value(refs=(target,)), value)


def call(m: Machine, obj: Obj, target: ObjRef, name: str, args: Arguments, strong: bool, node: ast.AST) -> Value | None:
    """A method of a list, tuple or set; None when the name is none of theirs."""
    first = args.get(0)
    if name in ("append", "add") and first is not None:
        append(m, target, first, strong)
        return literal(None)
    if name in ("extend", "update", "union", "intersection", "difference"):
        if name in ("union",):
            duplicate = m.new(obj.copy())
            add_all(m, ObjRef(duplicate.objects()[0]), args)
            return duplicate
        if name in ("intersection", "difference"):
            return m.new(obj.copy())
        add_all(m, target, args)
        return literal(None)
    if name == "insert" and args.get(1) is not None:
        edited = m.state.edit(target.oid)
        edited.rest, edited.size = join(obj.everything(), args.get(1) or UNKNOWN), None
        edited.fields = {}
        return literal(None)
    if name in ("sort", "reverse", "remove", "discard"):
        return literal(None)
    if name in ("copy",):
        return m.new(obj.copy())
    if name in ("index", "count"):
        return UNKNOWN
    return None


def rebuilt(m: Machine, kind: str, value: Value) -> Value:
    """list(x), tuple(x), set(x), sorted(x)."""
    known, others = access.elements(m, value)
    out = m.sequence(kind, [k.present() for k in known])
    obj = m.state.edit(out.objects()[0])
    if others is not None or any(k.absent for k in known):
        obj.size = None
    if others is not None:
        obj.rest = others
    return out.of(origins=value.origins) if value.origins and not value.nodes() else out
