"""Dataclasses as the description of a command line or file: HfArgumentParser, TrlParser, tyro, dacite, jsonargparse."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from .. import access, classes, events, objects, sinks
from ..calls import Arguments, Open
from ..code import ClassInfo, ClassRef, FieldInfo
from ..heap import Obj
from ..modules import library_symbol
from ..objects import class_attribute
from ..source import unparse
from ..values import (
    BOTTOM,
    UNKNOWN,
    ExtRef,
    Key,
    Literal,
    Value,
    external,
    from_key,
    join,
)
from .files import loaded

if TYPE_CHECKING:
    from ..machine import Machine

_PARSERS = frozenset({"HfArgumentParser", "TrlParser", "H4ArgumentParser"})
_PARSE = frozenset(
    "parse_args_into_dataclasses parse_yaml_file parse_json_file parse_dict parse_args_and_config parse "
    "parse_yaml_and_args".split()
)
_CONSUMED = {
    "config": "read by the parser as a file",
    "gradient_checkpointing_use_reentrant": "handed on by the parser",
}
"""Fields that TrlParser takes for itself: the second one in releases that keep it in `trl.commands`."""
_BUILD = {"dacite.from_dict": (0, 1), "cattrs.structure": (1, 0), "cattr.structure": (1, 0)}


def call(m: Machine, target: ExtRef, args: Arguments, node: ast.AST) -> Value | None:
    name = target.path.rpartition(".")[2]
    if name in _PARSERS and not target.instance:
        parser = Obj("parsers", site=m.site(node))
        given = args.get(0, "dataclass_types")
        known = access.elements(m, given)[0] if given is not None and m.objects(given) else []
        parser.fields = dict(enumerate(known or ([given] if given is not None else [])))
        return m.new(parser)
    order = _BUILD.get(target.path)
    if order is not None:
        info = args.get(order[0], "data_class") or UNKNOWN
        data = args.get(order[1], "data") or UNKNOWN
        return from_tree(m, info, data, node)
    return None


def method(m: Machine, target: Any, obj: Obj | None, name: str, args: Arguments, node: ast.AST) -> Value | None:
    if obj is None:
        return None
    derived_parser = obj.cls is not None and any(b.rpartition(".")[2] in _PARSERS for b in obj.cls.external_bases())
    if obj.kind != "parsers" and not derived_parser:
        return None
    if name not in _PARSE:
        return UNKNOWN if obj.kind == "parsers" else None
    types = [obj.fields[i] for i in sorted(k for k in obj.fields if isinstance(k, int))]
    made = parse(m, types, node, _data(m, name, args, node))
    if name == "parse_args_and_config":
        infos = [info for info, _ in (_class_of(m, value) for value in types) if info is not None]
        for field in (f.name for info in infos for f in classes.declared_fields(m, info)):
            if field in _CONSUMED:
                m.observe(events.Use(Key("option", (field,)), m.site(node), events.CALL, _CONSUMED[field]))
    rest = args.keywords.get("return_remaining_strings")
    if rest is not None and rest.only is not None and rest.only.value:
        made.append(UNKNOWN)
    return m.sequence("tuple", made)


def _data(m: Machine, name: str, args: Arguments, node: ast.AST) -> Value | None:
    """The tree that `parse_dict`, `parse_yaml_file` and `parse_json_file` read; None for the command line."""
    given = args.get(0)
    if name == "parse_dict":
        return given
    if name in ("parse_yaml_file", "parse_json_file"):
        return loaded(m, given or UNKNOWN, name, node)
    return None


def parse(m: Machine, types: list[Value], node: ast.AST, data: Value | None = None) -> list[Value]:
    """One instance for each dataclass; a library class among them takes every key that no other declares."""
    own: set[str] = set()
    infos: list[tuple[Value, ClassInfo | None, str | None]] = []
    for value in types:
        info, path = _class_of(m, value)
        infos.append((value, info, path))
        if info is not None:
            own |= {f.name for f in classes.declared_fields(m, info)}
    out = []
    for _, info, path in infos:
        if info is not None:
            made = (
                build(m, info, data, node) if data is not None else from_options(m, ClassRef(info), node, "dataclass")
            )
            out.append(made)
        if path is not None:
            overriding: dict[str, Value] = {}
            if info is not None:
                fields = m.state.get(out[-1].objects()[0]).fields
                added = classes.own_fields(m, info, path)
                overriding = {k: v for k, v in fields.items() if isinstance(k, str) and k not in added}
            surface = _surface_instance(m, path, own, node, data, overriding)
            if info is not None:
                obj = m.state.edit(out[-1].objects()[0])
                obj.base = next(iter(surface.nodes()), None)
                out[-1] = join(out[-1], Value(refs=tuple(r for r in surface.refs if isinstance(r, ExtRef))))
            else:
                out.append(surface)
        elif info is None:
            out.append(UNKNOWN)
    return out


def _class_of(m: Machine, value: Value) -> tuple[ClassInfo | None, str | None]:
    for target in value.refs:
        if isinstance(target, ClassRef):
            path = next((b for b in target.info.external_bases() if sinks.sink_name(b) is not None), None)
            return target.info, path
        if isinstance(target, ExtRef):
            if sinks.sink_name(target.path) is not None:
                return None, target.path
            found = library_symbol(m, target.path)
            for inner in found.refs if found is not None else ():
                if isinstance(inner, ClassRef):
                    return inner.info, None
    return None, None


def _surface_instance(
    m: Machine, path: str, own: set[str], node: ast.AST, data: Value | None, given: dict[str, Value]
) -> Value:
    """The parser builds the library's own arguments class: all keys left go there."""
    name = sinks.sink_name(path) or path
    root = data if data is not None else m.source("option", m.site(node), name, None)
    spread = Arguments([], dict(given))
    for _, obj in m.objects(root):
        if obj.base is not None:
            spread.opens.append(Open(obj.base, frozenset(own) | obj.excluded | frozenset(obj.fields), obj.tags))
        spread.keywords.update({k: v for k, v in obj.fields.items() if isinstance(k, str) and k not in own})
    sinks.record(m, path, spread, node)
    return Value(refs=(*external(name, True).refs, *root.refs), anything=True)


def from_options(m: Machine, target: ClassRef, node: ast.AST, by: str) -> Value:
    """An instance whose fields are keys of a command line."""
    info = target.info
    value = m.new(Obj("object", cls=info, site=m.site(node)))
    oid = value.objects()[0]
    for field in classes.declared_fields(m, info):
        if field.init:
            key = Key("option", (field.name,))
            declare_field(m, key, field, f"{'pydantic' if classes.is_model(info) else 'dataclass'} {field.owner.name}")
            held: Value = from_key(key)
        else:
            held = field.default if field.default is not None else UNKNOWN
        m.state.edit(oid).fields[field.name] = held
    _post_init(m, info, value, node)
    return value


def declare_field(m: Machine, key: Key, field: FieldInfo, by: str) -> None:
    """A field says that the key exists, of which type, and what holds when the user says nothing."""
    site = field.owner.module.site(field.node)
    kind = unparse(field.annotation)
    m.observe(events.Declared(key, site, by, kind, field.required))
    values = literal_values(field.annotation)
    if values:
        m.observe(events.Check(key, site, "enum", "raises", by, values))
    if field.default is not None:
        known, plain, where = objects.plain(
            m, field.default.of(origins={}) if field.default.literals else field.default
        )
        if known:
            m.option_defaults[key] = plain
            m.observe(events.Default(key, by, "value", objects.frozen(plain), None, where or site))
        else:
            text = unparse(field.node.value) if field.node.value is not None else ""
            m.observe(events.Default(key, by, "derived", None, text, site))


def literal_values(annotation: ast.expr) -> tuple[Any, ...]:
    """The constants of `Literal[…]`, alone or in an Optional."""
    found: list[Any] = []
    for part in ast.walk(annotation):
        if isinstance(part, ast.Subscript) and unparse(part.value).rpartition(".")[2] == "Literal":
            inner = part.slice.elts if isinstance(part.slice, ast.Tuple) else [part.slice]
            found += [e.value for e in inner if isinstance(e, ast.Constant)]
    if found and ("Optional" in unparse(annotation) or "None" in unparse(annotation)):
        found.append(None)
    return tuple(found)


def _post_init(m: Machine, info: ClassInfo, value: Value, node: ast.AST) -> None:
    post = class_attribute(m, info, "__post_init__", value, node)
    if post is not None:
        m.call(post, Arguments([]), node, m.frame)


def from_tree(m: Machine, kind: Value, data: Value, node: ast.AST) -> Value:
    """A typed record built from a config tree, nested records by their annotations."""
    out = BOTTOM
    for target in kind.refs:
        if isinstance(target, ClassRef):
            out = join(out, build(m, target.info, data, node))
    return out if out is not BOTTOM else data


def build(m: Machine, info: ClassInfo, data: Value, node: ast.AST, depth: int = 0) -> Value:
    """An instance of a declared class with the keys of `data` as fields."""
    value = m.new(Obj("object", cls=info, site=m.site(node)))
    oid = value.objects()[0]
    model = classes.is_model(info)
    for field in classes.declared_fields(m, info):
        held = BOTTOM
        for _, tree in m.objects(data) if field.init else ():
            part = tree.field(field.alias or field.name)
            if part is None:
                continue
            access.read_below(m, tree, Literal(field.alias or field.name), node, guarded=not field.required)
            for key in part.origins:
                if not key.wild and key.path:
                    declare_field(m, key, field, f"{'pydantic' if model else 'dataclass'} {field.owner.name}")
            held = join(held, part.present())
        if held is BOTTOM:
            held = field.default if field.default is not None else UNKNOWN
        inner = nested_class(m, field)
        if inner is not None and depth < 6 and m.objects(held):
            held = build(m, inner, held, node, depth + 1)
        m.state.edit(oid).fields[field.name] = held
    _post_init(m, info, value, node)
    return value


def nested_class(m: Machine, field: FieldInfo) -> ClassInfo | None:
    """The record class that a field's annotation names, directly or as Optional[…]."""
    from ..machine import Frame

    for part in ast.walk(field.annotation):
        name = part
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value.isidentifier():
            name = ast.copy_location(ast.Name(part.value, ast.Load()), part)
        if not isinstance(name, ast.Name | ast.Attribute):
            continue
        m.quiet += 1
        m.frames.append(Frame(field.owner.module, field.owner.scope, field.owner.name))
        try:
            value = m.eval(name, m.frames[-1])
        finally:
            m.frames.pop()
            m.quiet -= 1
        for target in value.refs:
            if isinstance(target, ClassRef) and (classes.is_dataclass(target.info) or classes.is_model(target.info)):
                return target.info
    return None
