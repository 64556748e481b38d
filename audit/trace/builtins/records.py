"""Records of declared fields: what dataclasses and attrs make of an instance."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .. import access
from ..calls import Arguments
from ..heap import Obj
from ..values import UNKNOWN, ExtRef, Value, literal

if TYPE_CHECKING:
    from ..machine import Frame, Machine


def asdict(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    """dataclasses.asdict: a record of the same fields, nested ones too."""
    value = args.get(0) or UNKNOWN
    if "filter" in args.keywords:
        return m.lose(m.content(value), "asdict with a filter is not followed", node)
    out = m.new(Obj("dict"))
    oid = out.objects()[0]
    for _, obj in m.objects(value):
        target = m.state.edit(oid)
        for name, held in obj.fields.items():
            inner = [o for _, o in m.objects(held) if o.cls is not None]
            target.fields[name] = asdict(m, Arguments([held]), node, frame) if inner else held
        if obj.base is not None:
            target.base, target.tags, target.excluded = obj.base, obj.tags, obj.excluded
    return out


def replace(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    """dataclasses.replace: a copy with some fields anew; of the arguments of a library, one more call of it."""
    from .. import sinks

    value = args.get(0) or UNKNOWN
    for target in value.refs:
        if isinstance(target, ExtRef) and sinks.sink_name(target.path) is not None:
            sinks.record(m, target.path, Arguments([], args.keywords), node)
            return value
    for _, obj in m.objects(value):
        made = m.new(obj.copy())
        for name, held in args.keywords.items():
            access.set_attr(m, made, name, held, node)
        return made
    return UNKNOWN


def field_names(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    """dataclasses.fields: objects with a `name`."""
    from ..classes import declared_fields
    from ..code import ClassRef

    value = args.get(0) or UNKNOWN
    infos = [o.cls for _, o in m.objects(value) if o.cls is not None]
    infos += [r.info for r in value.refs if isinstance(r, ClassRef)]
    if len(infos) != 1:
        return UNKNOWN
    fields = declared_fields(m, infos[0])
    rows = [m.record({"name": literal(f.name, f.owner.module.site(f.node.target))}, "object") for f in fields]
    return m.sequence("list", rows)
