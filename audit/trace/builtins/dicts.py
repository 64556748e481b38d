"""Records: merging, copying and the methods of dict, on plain dicts and on config trees alike."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .. import access, events, lookups
from ..heap import SEQUENCES, Obj
from ..objects import is_empty_record
from ..source import unparse
from ..values import (
    ABSENT,
    ANY,
    BOTTOM,
    LOOKUP,
    UNKNOWN,
    Node,
    ObjRef,
    SymKey,
    Value,
    derived,
    join,
    literal,
)

if TYPE_CHECKING:
    from ..calls import Arguments
    from ..machine import Machine


def copied(m: Machine, value: Value) -> Value:
    """A shallow copy as a plain dict."""
    out = m.new(Obj("dict"))
    merge_into(m, out.objects()[0], value, None)
    return out


def merge_into(m: Machine, oid: Any, value: Value, node: ast.AST | None) -> None:
    """`target.update(value)`: later fields win; an open tree may replace any field, which then is a default."""
    sources = m.objects(value)
    several = len(value.refs) > 1
    for _, source in sources:
        if source.base is not None:
            _overlay(m, oid, source, node)
        for part, field in source.fields.items():
            given = field.of(absent=True) if several else field
            _put(m, oid, part, given, source, node)
        if source.rest is not None:
            target = m.state.edit(oid)
            target.rest = join(target.rest or BOTTOM, source.rest)
        if source.kind in SEQUENCES:
            _pairs(m, oid, source)
    if not sources and (value.anything or value.origins):
        target = m.state.edit(oid)
        if target.base is not None:
            m.log.mixed.add(target.base.source)
        inner = derived([value], LOOKUP)
        target.rest = inner if target.rest is None else join(target.rest, inner)


def _put(m: Machine, oid: Any, part: Any, given: Value, source: Obj, node: ast.AST | None) -> None:
    target = m.state.edit(oid)
    if source.kind in SEQUENCES:
        return
    old = target.field(part)
    if given.absent and old is not None:
        target.fields[part] = join(old, given.present())
        return
    if old is not None and old.origins and node is not None:
        access.note_overwrite(m, old, given, str(part), node)
    target.fields[part] = given
    target.excluded -= {part}
    site = source.key_site(part)
    if site is not None and target.kind == "dict":
        target.extra = {**(target.extra or {}), part: site}


def _pairs(m: Machine, oid: Any, source: Obj) -> None:
    """dict([(key, value), …])."""
    for item in source.listed():
        for _, pair in m.objects(item):
            if pair.kind in SEQUENCES and pair.size == 2:
                access.set_item(m, Value(refs=(ObjRef(oid),)), pair.fields[0], pair.fields[1], _NOWHERE)


_NOWHERE = ast.Pass(lineno=1, col_offset=0, end_lineno=1, end_col_offset=0)


def _overlay(m: Machine, oid: Any, source: Obj, node: ast.AST | None) -> None:
    """An open tree laid over a record: what the record held is the default of the key of the same name."""
    target = m.state.edit(oid)
    assert source.base is not None
    for part, old in list(target.fields.items()):
        if part in source.excluded or part in source.fields:
            continue
        below = source.below(part)
        if below is None or (old.origins and m.lacks(source.base, part)):
            continue
        if not old.origins:
            for key in below.origins:
                access.record_default(m, key, old, node if node is not None else _NOWHERE, _layer(m, target))
        target.fields[part] = join(old, below)
    given = {s.number for s in m.log.sources if s.what == events.COMMAND_LINE}
    if target.base is not None and source.base.source in given and _twins(m, target, source):
        return
    if target.base is not None and target.base.source != source.base.source:
        m.log.mixed |= {target.base.source, source.base.source}
    if target.base is None or target.base == source.base or _twins(m, target, source):
        target.base, target.tags = source.base, source.tags
        target.excluded = source.excluded | frozenset(source.fields)
    elif not _spelt_out(m, oid, source, node):
        target.rest = join(target.rest or BOTTOM, source.below(ANY) or UNKNOWN)


def _spelt_out(m: Machine, oid: Any, source: Obj, node: ast.AST | None) -> bool:
    """A second tree laid over a first one: where the given config says what it holds, key by key."""
    assert source.base is not None
    shape = m.shape(source.base)
    if shape is None or shape.kind != "dict" or len(m.log.sources) != 1:
        return False
    for part in shape.children:
        below = source.below(part) if part not in source.fields else None
        if below is not None:
            _put(m, oid, part, below, source, node)
    return True


def _twins(m: Machine, target: Obj, source: Obj) -> bool:
    """Two loads of the same keys that nobody wrote to: each key of the one is the key of that name of the other."""
    one, other = target.base, source.base
    if one is None or other is None or one.key != other.key or (target.rest or source.rest) is not None:
        return False
    loads = {(one.kind, one.source, one.copy), (other.kind, other.source, other.copy)}
    trees = [o for oid, o in m.state.written() if isinstance(oid, Node) and oid[:3] in loads]
    return not any(tree.fields or tree.excluded or tree.rest is not None for tree in trees)


def _layer(m: Machine, target: Obj) -> str | None:
    return m.surfaces.tables.name_at(m.project, target.site) if target.site is not None else None


def from_keys(m: Machine, args: Arguments, node: ast.AST) -> Value:
    """`dict.fromkeys(names, value)`: the same value under every name."""
    out = m.new(Obj("dict"))
    names, others = access.elements(m, args.get(0) or UNKNOWN)
    value = args.get(1) or literal(None)
    for name in [*names, *([others] if others is not None else [])]:
        access.set_item(m, out, name, value, node)
    return out


def get(m: Machine, obj: Obj, target: ObjRef, args: Arguments, node: ast.AST) -> Value:
    """`.get(key, default)`: on a tree the default is a layer of its own."""
    index = args.get(0) or UNKNOWN
    default = args.get(1, "default") or literal(None)
    out = BOTTOM
    for part in index.literals:
        found = _field(obj, part.value)
        if found is not None:
            access.read_below(m, obj, part, node, guarded=True)
            out = join(out, found.present())
            if found.nodes() and is_empty_record(m, default):
                continue
            if obj.base is not None or found.absent:
                for key in found.origins if obj.base is not None else ():
                    if args.get(1, "default") is not None:
                        access.record_default(m, key, default, node, f"{m.frame.name} .get")
                out = join(out, default)
        else:
            out = join(out, default)
    sym = [r.node for r in index.refs if isinstance(r, SymKey)]
    if obj.base is not None and obj.base in sym:
        return join(out, obj.below(ANY) or UNKNOWN)
    if index.anything or not index.literals:
        out = join(join(out, obj.everything()), default)
        if obj.base is not None and not sym:
            m.escape(Value(refs=(ObjRef(obj.base),)), "read under a key that is not known", node)
    if index.origins:
        text = unparse(node.args[1]) if isinstance(node, ast.Call) and len(node.args) > 1 else "None"
        lookups.table_lookup(m, Value(refs=(target,)), index, default, text, node, raises=False)
        out = join(out, derived([index], LOOKUP).of(anything=False))
    return out


def _field(obj: Obj, part: Any) -> Value | None:
    try:
        return obj.field(part)
    except TypeError:
        return None


def setdefault(m: Machine, obj: Obj, target: ObjRef, args: Arguments, node: ast.AST) -> Value:
    index, default = args.get(0) or UNKNOWN, args.get(1) or literal(None)
    out = BOTTOM
    for part in index.literals:
        edited = m.state.edit(target.oid)
        found = _field(edited, part.value)
        access.read_below(m, edited, part, node, guarded=True)
        if found is None:
            value = default
        elif edited.base is not None or found.absent:
            for key in found.origins:
                access.record_default(m, key, default, node, f"{m.frame.name} .setdefault")
            value = join(found.present(), default)
        else:
            value = found
        edited.fields[part.value] = value
        out = join(out, value)
    return out if out is not BOTTOM else UNKNOWN


def pop(m: Machine, obj: Obj, target: ObjRef, args: Arguments, node: ast.AST) -> Value:
    if obj.kind in SEQUENCES:
        edited = m.state.edit(target.oid)
        if not args.positional and edited.size and edited.rest is None and (edited.size - 1) in edited.fields:
            edited.size -= 1
            return edited.fields.pop(edited.size)
        return obj.everything() if obj.fields or obj.rest is not None else UNKNOWN
    out = (
        get(m, obj, target, args, node)
        if args.get(1) is not None
        else access.get_item(m, Value(refs=(target,)), args.get(0) or UNKNOWN, node)
    )
    access.delete(m, Value(refs=(target,)), args.get(0) or UNKNOWN)
    return out


def update(m: Machine, obj: Obj, target: ObjRef, args: Arguments, node: ast.AST) -> Value:
    if obj.kind == "set":
        from .sequences import add_all

        add_all(m, target, args)
        return literal(None)
    for value in args.positional:
        merge_into(m, target.oid, value, node)
    for name, value in args.keywords.items():
        access.set_item(m, Value(refs=(target,)), literal(name), value, node)
    for spread in args.opens:
        source = Obj("config", base=spread.node)
        source.excluded, source.tags = spread.excluded, spread.tags
        _overlay(m, target.oid, source, node)
    if args.unknown is not None:
        edited = m.state.edit(target.oid)
        edited.rest = join(edited.rest or BOTTOM, args.unknown)
    return literal(None)


def items(m: Machine, obj: Obj, target: ObjRef, args: Arguments, node: ast.AST) -> Value:
    out = Obj("list")
    for key, value in obj.items():
        pair = m.sequence("tuple", [key, value.present()])
        pair = pair.of(absent=value.absent)
        open_key = not key.literals
        if open_key:
            out.rest, out.size = (pair if out.rest is None else join(out.rest, pair)), None
        else:
            out.fields[len(out.fields)] = pair
            out.size = len(out.fields) if out.size is not None else None
    return m.new(out)


def keys(m: Machine, obj: Obj, target: ObjRef, args: Arguments, node: ast.AST) -> Value:
    return Value(refs=(target,))


def values(m: Machine, obj: Obj, target: ObjRef, args: Arguments, node: ast.AST) -> Value:
    out = Obj("list")
    out.fields = dict(enumerate(v.present() for v in obj.fields.values()))
    out.size = len(out.fields)
    if obj.base is not None:
        item = Value({obj.base.key: frozenset({LOOKUP})}, refs=(ObjRef(obj.base.child(ANY)),), anything=True)
        out.rest, out.size = join(out.rest or BOTTOM, item), None
        m.escape(Value(refs=(ObjRef(obj.base),)), "all its values are taken without their keys", node)
    if obj.rest is not None:
        out.rest, out.size = join(out.rest or BOTTOM, obj.rest), None
    return m.new(out)


def copy(m: Machine, obj: Obj, target: ObjRef, args: Arguments, node: ast.AST) -> Value:
    if obj.kind == "config":
        return copied(m, Value(refs=(target,)))
    duplicate = obj.copy()
    return m.new(duplicate)


def clear(m: Machine, obj: Obj, target: ObjRef, args: Arguments, node: ast.AST) -> Value:
    edited = m.state.edit(target.oid)
    edited.fields, edited.rest, edited.base = {}, None, None
    edited.size = 0 if edited.kind in SEQUENCES else None
    return literal(None)


def popitem(m: Machine, obj: Obj, target: ObjRef, args: Arguments, node: ast.AST) -> Value:
    edited = m.state.edit(target.oid)
    edited.fields = {k: join(v, ABSENT) for k, v in edited.fields.items()}
    return m.sequence("tuple", [UNKNOWN, obj.everything()])


def itself(m: Machine, obj: Obj, target: ObjRef, args: Arguments, node: ast.AST) -> Value:
    return Value(refs=(target,))


MODELS: dict[str, Callable[[Machine, Obj, ObjRef, Arguments, ast.AST], Value]] = {
    "get": get,
    "setdefault": setdefault,
    "pop": pop,
    "update": update,
    "items": items,
    "keys": keys,
    "values": values,
    "copy": copy,
    "clear": clear,
    "popitem": popitem,
    "to_dict": itself,
    "model_dump": copy,
    "dict": copy,
    "_asdict": copy,
}
