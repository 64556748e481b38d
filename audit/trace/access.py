"""Reading and writing items and attributes: where a config key is read, overlaid, defaulted or lost."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from . import events, lookups, objects
from .heap import SEQUENCES, Obj
from .source import unparse
from .values import (
    ABSENT,
    ANY,
    BOTTOM,
    LOOKUP,
    OPAQUE,
    UNKNOWN,
    BuiltinRef,
    ExtRef,
    Key,
    Literal,
    MethodRef,
    ModuleRef,
    Node,
    ObjRef,
    Site,
    SymKey,
    Value,
    derived,
    from_key,
    join,
    literal,
    ref,
)

if TYPE_CHECKING:
    from .machine import Machine


def get_item(m: Machine, container: Value, index: Value, node: ast.AST) -> Value:
    """`container[index]`."""
    out = BOTTOM
    sym = {r.node for r in index.refs if isinstance(r, SymKey)}
    for target in container.refs:
        if isinstance(target, ObjRef):
            obj = m.state.get(target.oid)
            m.touched += 1
            own = objects.special_method(m, target, obj, "__getitem__", node)
            out = join(out, _item(m, obj, index, sym, node) if own is None else objects.invoke(m, own, [index], node))
        elif isinstance(target, ExtRef) and target.path in ("os.environ", "os.environb"):
            out = join(out, _environment(m, index, node))
        elif isinstance(target, ExtRef):
            out = join(out, Value(refs=(ExtRef(f"{target.path}[]", True),), anything=True))
    for text in container.literals:
        for part in index.literals:
            try:
                out = join(out, literal(text.value[part.value], text.site))
            except Exception:
                continue
    if out is BOTTOM:
        out = UNKNOWN
    if container.origins and not container.nodes():
        out = join(out, lookups.part(m, container, LOOKUP, node))
    if index.origins:
        if out.objects():
            m.use(index, events.CONTROL, "chooses what is taken from a table", node)
        out = join(out, derived([index], LOOKUP))
        lookups.table_lookup(m, container, index, None, "", node, raises=True)
    return out.of(absent=False)


def _item(m: Machine, obj: Obj, index: Value, sym: set[Node], node: ast.AST) -> Value:
    out = BOTTOM
    obj = objects.as_sequence(m, obj)
    for part in index.literals:
        name = part.value
        if obj.kind in SEQUENCES and isinstance(name, int) and not isinstance(name, bool):
            found = sequence_item(obj, name)
        else:
            try:
                found = obj.field(name)
            except TypeError:
                found = None
        if found is not None:
            out = join(out, found)
            read_below(m, obj, part, node)
    if obj.base is not None and obj.base in sym:
        out = join(out, obj.below(ANY) or UNKNOWN)
    elif index.anything or (not index.literals and not sym) or sym:
        out = join(out, obj.everything())
        if obj.base is not None and not sym:
            m.observe(events.Escape(obj.base.kind, obj.base.path, m.site(node), "read under a key that is not known"))
        if not obj.fields and obj.base is None:
            out = join(out, UNKNOWN)
    return out


def sequence_item(obj: Obj, index: int) -> Value | None:
    if index < 0:
        if obj.size is None:
            return obj.everything()
        index += obj.size
    found = obj.fields.get(index)
    if found is None and obj.rest is not None:
        return obj.rest
    if found is None and obj.base is not None:
        return obj.below(index)
    return found


def read_below(m: Machine, obj: Obj, part: Literal, node: ast.AST, guarded: bool = False) -> None:
    """Notes that a config key was read; a key that stands in a table is declared by that table."""
    if obj.base is None or part.value in obj.excluded or not isinstance(part.value, str | int):
        return
    key = obj.base.child(part.value).key
    m.read(key, reading_site(m, part, node), guarded, obj.base.source)
    if part.site is not None and not m.in_library:
        table = m.surfaces.tables.name_at(m.project, part.site)
        if table is not None:
            m.observe(events.Declared(key, part.site, f"table {table}"))


def reading_site(m: Machine, part: Literal, node: ast.AST) -> Site:
    """Where the key is named: in the access, or at the literal that was handed to a helper."""
    return part.site or m.site(node)


def _environment(m: Machine, index: Value, node: ast.AST) -> Value:
    out = BOTTOM
    for part in index.literals:
        if isinstance(part.value, str):
            key = Key("env", (part.value,))
            m.read(key, m.site(node))
            out = join(out, from_key(key))
    return out if out is not BOTTOM else UNKNOWN


def get_attr(m: Machine, owner: Value, name: str, node: ast.AST, called: bool = False, guarded: bool = False) -> Value:
    """`owner.name`; methods come back as references that the call resolves. `called` tells `cfg.get(…)` from a key."""
    out = BOTTOM
    for target in owner.refs:
        if isinstance(target, ObjRef):
            obj = m.state.get(target.oid)
            m.touched += 1
            if obj.kind == "config" or (obj.base is not None and obj.cls is None):
                out = join(out, _tree_attr(m, target, obj, name, node, called, guarded))
            else:
                out = join(out, objects.attribute(m, target, obj, name, node))
                if len(owner.refs) == 1 and objects.lacks(m, target.oid, obj, name):
                    m.read(Key("option", (name,)), m.site(node), guarded, lacking=True)
        elif isinstance(target, ModuleRef):
            out = join(out, objects.module_attribute(m, target.name, name, node))
        elif isinstance(target, ExtRef):
            out = join(out, ref(ExtRef(f"{target.path}.{name}")).of(anything=True))
        elif isinstance(target, BuiltinRef):
            out = join(out, ref(BuiltinRef(f"{target.name}.{name}")))
        elif isinstance(target, MethodRef):
            out = join(out, derived([target.receiver], OPAQUE))
        else:
            out = join(out, objects.code_attribute(m, target, name, node))
    if owner.literals:
        out = join(out, ref(MethodRef(owner.of(refs=(), origins={}, anything=False), name)))
    if owner.origins and not owner.nodes():
        out = join(out, lookups.part(m, owner, "attribute", node).of(refs=(MethodRef(owner, name),)))
    elif owner.anything and not owner.refs:
        out = join(out, Value(refs=(MethodRef(owner, name),), anything=True))
    return out if out is not BOTTOM else UNKNOWN


def _tree_attr(m: Machine, target: ObjRef, obj: Obj, name: str, node: ast.AST, called: bool, guarded: bool) -> Value:
    if name == "__dict__":
        return Value(refs=(target,))
    if (called and name not in obj.fields) or name == "get":
        origins = {obj.base.key: obj.tags} if obj.base is not None and obj.base.path else {}
        return Value(refs=(MethodRef(Value(origins, refs=(target,), anything=True), name),))
    found = obj.field(name)
    if found is None:
        return UNKNOWN
    read_below(m, obj, Literal(name), node, guarded)
    return found.present()


def set_item(m: Machine, container: Value, index: Value, value: Value, node: ast.AST) -> None:
    """`container[index] = value` (also attributes of trees and namespaces)."""
    targets = m.objects(container)
    for target in container.refs:
        if isinstance(target, ExtRef) and target.path == "os.environ":
            from .sinks import record_environment

            record_environment(m, index, value, node)
        elif isinstance(target, ExtRef) and not target.path.startswith("os.environ"):
            m.use(m.content(value), events.ATTRIBUTE, f"stored in {target.path}", node)
            m.escape(value, f"stored in {target.path}", node)
    if not targets and not container.refs:
        m.use(m.content(value), events.ATTRIBUTE, "stored in what is not known", node)
        m.escape(value, "stored in what is not known", node)
    strong = len(targets) == 1 and len(container.refs) == 1
    for oid, held in targets:
        m.touched += 1
        own = (
            objects.special_method(m, ObjRef(oid), held, "__setitem__", node)
            if isinstance(node, ast.Subscript)
            else None
        )
        if own is not None:
            objects.invoke(m, own, [index, value], node)
            continue
        obj = m.state.edit(oid)
        for part in index.literals:
            exact = strong and len(index.literals) == 1 and not index.anything and not obj.summary
            _store(m, obj, part, value, exact, node)
        sym = [r.node for r in index.refs if isinstance(r, SymKey)]
        if sym:
            _store_symbolic(m, obj, sym[0], value)
        elif index.anything or not index.literals:
            obj.rest = value if obj.rest is None else join(obj.rest, value)


def _store(m: Machine, obj: Obj, part: Literal, value: Value, strong: bool, node: ast.AST) -> None:
    name = part.value
    if obj.kind == "list" and isinstance(name, int) and name < 0 and obj.size is not None:
        name += obj.size
    try:
        old = obj.field(name)
    except TypeError:
        obj.rest = value if obj.rest is None else join(obj.rest, value)
        return
    if old is None and obj.base is not None and name in obj.excluded:
        key = obj.base.child(name).key
        if any(key in guard.keys for guard in m.guards):
            record_default(m, key, value, node)
    if old is not None and old.nodes() and objects.is_empty_record(m, value) and _asked(m, old):
        return
    if old is not None and old.origins:
        note_overwrite(m, old, value, str(name), node)
    elif obj.base is None and m.guards and objects.plain(m, value)[0]:
        _note_filled(m, name, value, node)
    obj.fields[name] = value if strong else join(old or ABSENT, value)
    obj.excluded -= {name}


def _note_filled(m: Machine, name: object, value: Value, node: ast.AST) -> None:
    """`result[key] = default` where a test has just asked for the key of that name: the default of a cleaned record."""
    for guard in m.guards[-2:]:
        for key in guard.keys:
            if key.path[-1] == name:
                record_default(m, key, value, node)


def _asked(m: Machine, old: Value) -> bool:
    """Does a guard here ask for the key? Then an empty record only makes sure that a section exists."""
    return any(key in guard.keys for key in old.origins for guard in m.guards)


def note_overwrite(m: Machine, old: Value, value: Value, where: str, node: ast.AST) -> None:
    """A value that holds config keys gives way to one that does not: a default if a guard asks for the key."""
    if m.in_library:
        return
    value_keys = m.content(value).origins if value.refs else value.origins
    for key in old.origins:
        if key in value_keys or key.wild or not key.path:
            continue
        if any(key in guard.keys for guard in m.guards):
            record_default(m, key, value, node)
        elif not value.refs or value.only is not None or value.origins:
            m.observe(events.Overwrite(key, m.site(node), value.only, where))


def record_default(m: Machine, key: Key, value: Value, node: ast.AST, layer: str | None = None) -> None:
    """A layer of the script gives this value when the key is absent."""
    if m.in_library or key.wild or not key.path:
        return
    known, plain, site = objects.plain(m, value)
    where = site or m.site(node)
    if layer is None:
        layer = (m.surfaces.tables.name_at(m.project, site) if site is not None else None) or m.frame.name
    if known:
        m.observe(events.Default(key, layer, "value", objects.frozen(plain), None, where))
    elif isinstance(node, ast.expr):
        m.observe(events.Default(key, layer, "derived", None, unparse(node), m.site(node)))


def _store_symbolic(m: Machine, obj: Obj, node: Node, value: Value) -> None:
    """A write under the unknown key of an iteration: a value of the same key makes the object mirror the tree."""
    wild = node.child(ANY)
    if value is BOTTOM:
        return
    mirrors = wild.key in value.origins or wild in value.nodes()
    if mirrors and (obj.base is None or obj.base == node):
        if obj.base is None:
            obj.excluded = m.named_keys.get(node, frozenset()) - frozenset(obj.fields)
        obj.base = node
        obj.tags = obj.tags | value.origins.get(wild.key, frozenset())
    elif not mirrors or obj.base != node:
        obj.rest = value if obj.rest is None else join(obj.rest, value)


def set_attr(m: Machine, owner: Value, name: str, value: Value, node: ast.AST) -> None:
    """`owner.name = value`."""
    index = literal(name)
    plain_refs: list[Any] = []
    for target in owner.refs:
        if isinstance(target, ObjRef):
            plain_refs.append(target)
        elif isinstance(target, ModuleRef):
            scope = m.module_scopes.get(target.name)
            if scope is not None:
                m.bind(name, value, scope)
            m.gate(node, f"{target.name}.{name} is replaced at run time")
        elif isinstance(target, ExtRef):
            objects.set_external(m, target, name, value, node)
        else:
            objects.set_code_attribute(m, target, name, value, node)
    if plain_refs:
        set_item(m, Value(refs=tuple(plain_refs)), index, value, node)
    elif not owner.refs:
        m.use(value, events.ATTRIBUTE, f"stored as attribute {name}", node)
        m.escape(value, f"stored as attribute {name} of an unknown object", node)


def delete(m: Machine, container: Value, index: Value) -> None:
    """`del container[index]`."""
    targets = m.objects(container)
    for oid, _ in targets:
        obj = m.state.edit(oid)
        for part in index.literals:
            if len(targets) == 1:
                obj.fields.pop(part.value, None)
                if obj.base is not None:
                    obj.excluded |= {part.value}
            elif part.value in obj.fields:
                obj.fields[part.value] = join(obj.fields[part.value], ABSENT)
        if index.anything:
            obj.fields = {k: join(v, ABSENT) for k, v in obj.fields.items()}


def elements(m: Machine, value: Value) -> tuple[list[Value], Value | None]:
    """What iterating over `value` yields: the known elements in order, and what the others may be (None: no others)."""
    known: list[Value] = []
    others: Value | None = None
    several = len(value.refs) > 1
    for target in value.refs:
        if isinstance(target, ObjRef):
            obj = m.state.get(target.oid)
            m.touched += 1
            one, rest = _elements(m, obj)
        else:
            one, rest = objects.iterate_code(m, target)
        if several:
            for element in [*one, *([rest] if rest is not None else [])]:
                others = element if others is None else join(others, element)
        else:
            known, others = one, rest
    for text in value.literals:
        if isinstance(text.value, str) and len(text.value) <= 16 and not several and not value.refs:
            known = [literal(c) for c in text.value]
    if value.origins and not value.nodes():
        item = derived([value], LOOKUP)
        others = item if others is None else join(others, item)
    elif others is None and value.anything and not value.refs:
        others = UNKNOWN
    return known, others


def _elements(m: Machine, obj: Obj) -> tuple[list[Value], Value | None]:
    obj = objects.as_sequence(m, obj)
    if obj.kind in SEQUENCES:
        known = [obj.fields[i] for i in sorted(k for k in obj.fields if isinstance(k, int))]
        rest = obj.rest
        if obj.base is not None:
            rest = join(rest or BOTTOM, obj.below(ANY) or BOTTOM)
        return known, rest
    keys = [literal(k, obj.key_site(k)) for k in obj.fields]
    if obj.base is not None:
        base = obj.base
        shape = m.shape(base)
        if shape is not None and shape.kind == "list" and not obj.fields:
            return [obj.below(i) or UNKNOWN for i in shape.children], None
        item = Value({base.key: frozenset({LOOKUP})}, refs=(SymKey(base), ObjRef(base.child(ANY))), anything=True)
        return keys, item
    return keys, UNKNOWN if obj.rest is not None else None
