"""argparse (and jsonargparse used like it): options by dest, their types, choices and defaults."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from .. import access, events, objects
from ..heap import Obj
from ..source import unparse
from ..values import UNKNOWN, BuiltinRef, ExtRef, Key, ObjRef, Value, from_key, join, literal

if TYPE_CHECKING:
    from ..calls import Arguments
    from ..machine import Machine

_PARSERS = frozenset(
    "argparse.ArgumentParser jsonargparse.ArgumentParser configargparse.ArgumentParser configargparse.ArgParser "
    "transformers.utils.argparse.ArgumentParser".split()
)
_GROUPS = frozenset(
    {"add_argument_group", "add_mutually_exclusive_group", "add_subparsers", "add_parser", "register", "get_parser"}
)
_FLAGS = {"store_true": False, "store_false": True}
_ACTIONS = frozenset("store store_const store_true store_false append append_const count help version extend".split())


def call(m: Machine, target: ExtRef, args: Arguments, node: ast.AST) -> Value | None:
    if target.path not in _PARSERS:
        return None
    parser = m.new(Obj("parser", site=m.site(node)))
    own = parser.objects()[0]
    parents = args.keywords.get("parents")
    known, others = access.elements(m, parents) if parents is not None else ([], None)
    for parent in known:
        for oid, obj in m.objects(parent):
            m.state.edit(own).fields.update(obj.fields)
            others = UNKNOWN if oid in m.opened else others
    if target.path != "argparse.ArgumentParser" or others is not None or args.unknown is not None or args.opens:
        m.opened.add(own)
    return parser


def is_parser(obj: Obj) -> bool:
    if obj.kind == "parser":
        return True
    return obj.cls is not None and any(b.endswith("ArgumentParser") for b in obj.cls.external_bases())


def method(m: Machine, target: Any, obj: Obj | None, name: str, args: Arguments, node: ast.AST) -> Value | None:
    if obj is None or not is_parser(obj) or not isinstance(target, ObjRef):
        return None
    if name == "add_argument":
        _add(m, target, args, node)
        return Value(refs=(target,))
    if name in _GROUPS:
        if name == "add_subparsers":
            m.opened.add(target.oid)
        return Value(refs=(target,))
    if name == "set_defaults":
        if args.unknown is not None or args.opens:
            m.opened.add(target.oid)
        for key, value in args.keywords.items():
            _default(m, key, value, node)
            known = m.state.get(target.oid).fields.get(("option", key))
            m.state.edit(target.oid).fields[("option", key)] = value if known is None else _or_default(known, value)
        for spread in args.opens:
            m.state.edit(target.oid).base = spread.node
        return literal(None)
    if name in ("parse_args", "parse_known_args", "parse_intermixed_args", "parse_path", "parse_object"):
        if args.positional:
            m.use(args.positional[0], events.CALL, "parsed as a command line", node)
        given = args.get(1, "namespace") is not None or args.rest is not None or args.unknown is not None
        space = _namespace(m, obj, node, closed=obj.kind == "parser" and not given and target.oid not in m.opened)
        if name == "parse_known_args":
            return m.sequence("tuple", [space, UNKNOWN])
        return space
    if name in ("error", "exit", "print_help", "print_usage", "format_help", "add_config_file"):
        return UNKNOWN
    return UNKNOWN if obj.kind == "parser" else None


def _namespace(m: Machine, obj: Obj, node: ast.AST, closed: bool) -> Value:
    out = Obj("namespace", site=m.site(node))
    out.extra = objects.CLOSED if closed else None
    out.fields = {part[1]: v for part, v in obj.fields.items() if isinstance(part, tuple)}
    if obj.base is not None:
        # `set_defaults(**cfg)`: an option that is not given takes the key of its name, the others come as they are
        below = {name: obj.below(name) if isinstance(name, str) else None for name in out.fields}
        out.fields = {name: _or_default(v, below[name] or UNKNOWN) for name, v in out.fields.items()}
        out.base, out.excluded = obj.base, frozenset(out.fields)
    out.rest = obj.rest
    if not m.in_library:
        m.source("option", m.site(node), "argparse", None)
    return m.new(out)


def _add(m: Machine, target: ObjRef, args: Arguments, node: ast.AST) -> None:
    names = [x.value for a in args.positional for x in a.literals if isinstance(x.value, str)]
    dest = _dest(names, args)
    parser = m.state.edit(target.oid)
    if dest is None or any(a.only is None for a in args.positional) or not _plain_action(args):
        m.opened.add(target.oid)
    if dest is None:
        if args.unknown is not None or any(a.anything for a in args.positional):
            parser.rest = UNKNOWN
        return
    action = args.keywords.get("action")
    kind = action.only.value if action is not None and action.only is not None else None
    if kind in ("help", "version"):
        return
    key = Key("option", (dest,))
    declared = _type(args, kind)
    required = args.keywords.get("required")
    needed = bool(required is not None and required.only is not None and required.only.value)
    positional = not names[0].startswith("-")
    site = m.site(args.nodes.get(0, node))
    m.observe(events.Declared(key, site, "argparse", declared, needed or (positional and "nargs" not in args.keywords)))
    _checks(m, key, args, site, declared)
    if "default" in args.keywords:
        _default(m, dest, args.keywords["default"], args.nodes.get("default", node))
    elif kind in _FLAGS:
        _default(m, dest, literal(_FLAGS[kind], site), node)
    elif not needed and not positional:
        m.observe(events.Default(key, "argparse", "value", None, None, site))
    value = from_key(key)
    default = args.keywords.get("default")
    parser.fields[("option", dest)] = value if default is None else _or_default(value, default)


def _or_default(option: Value, default: Value) -> Value:
    """An option that is not given holds its default, and the keys that travel in it."""
    return join(option, default.of(literals=(), absent=False)) if default.origins else option


def _plain_action(args: Arguments) -> bool:
    """Whether the action is argparse's own: another may set any attribute."""
    action = args.keywords.get("action")
    if action is None or (action.only is not None and action.only.value in _ACTIONS):
        return args.unknown is None and not args.opens
    return any(isinstance(r, ExtRef) and r.path == "argparse.BooleanOptionalAction" for r in action.refs)


def _dest(names: list[str], args: Arguments) -> str | None:
    given = args.keywords.get("dest")
    if given is not None:
        return str(given.only.value) if given.only is not None else None
    if not names:
        return None
    long = next((n for n in names if n.startswith("--")), names[0])
    return long.lstrip("-").replace("-", "_")


def _type(args: Arguments, action: object) -> str | None:
    if action in _FLAGS:
        return "bool"
    given = args.keywords.get("type")
    for target in given.refs if given is not None else ():
        if isinstance(target, BuiltinRef):
            return "str2bool" if target.name == "bool" else target.name
        if isinstance(target, ExtRef):
            return target.path
    return None if given is not None else "str"


def _checks(m: Machine, key: Key, args: Arguments, site: Any, declared: str | None) -> None:
    choices = args.keywords.get("choices")
    if choices is not None:
        values = [x.value for v in access.elements(m, choices)[0] for x in v.literals]
        m.observe(events.Check(key, site, "enum", "exits", "argparse", tuple(values)))
    elif declared in ("int", "float") or "type" in args.keywords:
        m.observe(events.Check(key, site, "type", "exits", "argparse", (declared,) if declared else ()))


def _default(m: Machine, dest: str, value: Value, node: ast.AST) -> None:
    key = Key("option", (dest,))
    known, plain, site = objects.plain(m, value.of(origins={}) if value.literals else value)
    if known:
        m.option_defaults[key] = plain
        m.observe(events.Default(key, "argparse", "value", objects.frozen(plain), None, site or m.site(node)))
    elif isinstance(node, ast.expr):
        m.observe(events.Default(key, "argparse", "derived", None, unparse(node), m.site(node)))
