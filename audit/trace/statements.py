"""What each statement does to the state. A block tells whether control can fall through its end."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from . import access, branches, classes, modules
from .builtins.sequences import extend, rebuilt
from .code import Function, FunctionRef
from .names import CONFIG_NAME
from .objects import as_sequence
from .operators import binary
from .state import State, join_states
from .values import BOTTOM, COMPARED, UNKNOWN, ExtRef, Key, MakerRef, Site, Value, join, literal, ref

if TYPE_CHECKING:
    from .machine import Frame, Machine


def block(m: Machine, body: list[ast.stmt], frame: Frame) -> bool:
    """Interprets statements in order; False when none of the ways reaches the end."""
    for node in body:
        m.tick()
        handler = _HANDLERS.get(type(node))
        if handler is None:
            m.gate(node, f"{type(node).__name__} is not modelled")
            continue
        try:
            if handler(m, node, frame) is False:
                return False
        except RecursionError:
            m.gate(node, "nested too deeply to follow")
    return True


def assign(m: Machine, target: ast.expr, value: Value, frame: Frame) -> None:
    """Binds a target: a name, an item, an attribute, or several of them."""
    if isinstance(target, ast.Name):
        _assign_name(m, target, value, frame)
    elif isinstance(target, ast.Tuple | ast.List):
        _unpack(m, target, value, frame)
    elif isinstance(target, ast.Subscript):
        container = m.eval(target.value, frame)
        if isinstance(target.slice, ast.Slice):
            for oid, _ in m.objects(container):
                obj = m.state.edit(oid)
                obj.rest = join(obj.rest or BOTTOM, value)
            return
        access.set_item(m, container, m.eval(target.slice, frame), value, target)
    elif isinstance(target, ast.Attribute):
        access.set_attr(m, m.eval(target.value, frame), target.attr, value, target)
    elif isinstance(target, ast.Starred):
        assign(m, target.value, value, frame)


def _assign_name(m: Machine, target: ast.Name, value: Value, frame: Frame) -> None:
    scope = frame.scope
    if frame.function is not None:
        holder = m.scope_of(target.id, frame)
        scope = holder if holder is not None else scope
    old = m.state.get(scope).fields.get(target.id)
    if old is not None and old.origins and not value.origins:
        access.note_overwrite(m, old, value, target.id, target)
    m.bind(target.id, value, scope)


def _unpack(m: Machine, target: ast.Tuple | ast.List, value: Value, frame: Frame) -> None:
    objects = [(oid, as_sequence(m, obj)) for oid, obj in m.objects(value)]
    sized = [o for _, o in objects if o.size is not None and o.rest is None and o.kind in ("list", "tuple")]
    parts = target.elts
    star = next((i for i, p in enumerate(parts) if isinstance(p, ast.Starred)), None)
    if objects and len(sized) == len(value.refs) and not value.anything and star is None:
        for position, part in enumerate(parts):
            held = BOTTOM
            for obj in sized:
                held = join(held, obj.fields.get(position, BOTTOM))
            assign(m, part, held if held is not BOTTOM else UNKNOWN, frame)
        return
    if len(sized) == 1 and star is not None and not value.anything:
        items = [sized[0].fields[i] for i in sorted(sized[0].fields)]
        after = len(parts) - star - 1
        middle = items[star : len(items) - after]
        spans = [*items[:star], m.sequence("list", middle), *items[len(items) - after :]]
        for part, item in zip(parts, spans, strict=False):
            assign(m, part, item, frame)
        return
    for position, part in enumerate(parts):
        if isinstance(part, ast.Starred):
            assign(m, part.value, rebuilt(m, "list", value), frame)
        else:
            assign(m, part, access.get_item(m, value, literal(position), target), frame)


def _expression(m: Machine, node: ast.Expr, frame: Frame) -> None:
    m.eval(node.value, frame)


def _assign(m: Machine, node: ast.Assign, frame: Frame) -> None:
    value = m.eval(node.value, frame)
    if len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        value = _constant(m, node.targets[0].id, value, node.value, frame)
    for target in node.targets:
        assign(m, target, value, frame)


def _annotated(m: Machine, node: ast.AnnAssign, frame: Frame) -> None:
    if node.value is not None:
        value = m.eval(node.value, frame)
        if isinstance(node.target, ast.Name):
            value = _constant(m, node.target.id, value, node.value, frame)
        assign(m, node.target, value, frame)


def _constant(m: Machine, name: str, value: Value, node: ast.expr, frame: Frame) -> Value:
    """A module constant is a key by its name; it keeps its value."""
    if frame.library or name.startswith("_") or frame.loops:
        return value
    if frame.cls is not None:
        return _class_constant(m, name, value, node, frame)
    if frame.function is not None or name not in frame.module.constants:
        return value
    if isinstance(node, ast.Dict) and CONFIG_NAME.search(name.lower()):
        _config_dict(m, value, (), name, frame.module.site(node))
        return value
    plain = isinstance(node, ast.Constant) or (isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant))
    if not plain or not value.literals or value.origins:
        return value
    return m.constant(Key("constant", (name,)), value, frame.module.name, frame.module.site(node))


def _class_constant(m: Machine, name: str, value: Value, node: ast.expr, frame: Frame) -> Value:
    """A constant in the body of a class that is no enum and derives from no library: a field by its name."""
    assert frame.cls is not None
    outside = set(frame.cls.external_bases()) - {"object", "ABC", "abc.ABC", "typing.NamedTuple", "pydantic.BaseModel"}
    if outside or not value.literals or value.origins or value.refs or value.anything:
        return value
    if value.only is not None and value.only.value is None and "dataclass" not in frame.cls.decorated:
        return value  # a place that is filled later
    return m.constant(Key("field", (name,)), value, frame.cls.name, frame.module.site(node))


def _config_dict(m: Machine, value: Value, prefix: tuple[str, ...], name: str, site: Site) -> None:
    """A module constant that is a dict and is named like a config: each entry is a key."""
    for oid, obj in m.objects(value):
        for part, held in list(obj.fields.items()):
            if not isinstance(part, str):
                continue
            if held.literals and not (held.origins or held.refs or held.anything):
                place = obj.key_site(part) or site
                m.state.edit(oid).fields[part] = m.constant(Key("constant", (*prefix, part)), held, name, place)
            elif held.refs:
                _config_dict(m, held, (*prefix, part), name, site)


def _augmented(m: Machine, node: ast.AugAssign, frame: Frame) -> None:
    right = m.eval(node.value, frame)
    left = m.eval(node.target, frame)
    if isinstance(node.op, ast.BitOr) and m.objects(left):
        from .builtins.dicts import merge_into

        for oid, _ in m.objects(left):
            merge_into(m, oid, right, node)
        return
    if isinstance(node.op, ast.Add) and any(o.kind == "list" for _, o in m.objects(left)):
        extend(m, left, right)
        return
    assign(m, node.target, binary(m, node.op, left, right, node), frame)


def _function(m: Machine, node: ast.FunctionDef | ast.AsyncFunctionDef, frame: Frame) -> None:
    from .ways_in.commands import decorate

    frame.captured = True
    fn = Function(node, frame.module, frame.scope, node.name, frame.cls)
    fn.defaults = [m.eval(d, frame) for d in node.args.defaults]
    fn.kw_defaults = {
        a.arg: m.eval(d, frame)
        for a, d in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
        if d is not None
    }
    value = ref(FunctionRef(fn))
    for decorator in reversed(node.decorator_list):
        value = decorate(m, value, fn, decorator, frame)
    m.bind(node.name, value, frame.scope)


def _class(m: Machine, node: ast.ClassDef, frame: Frame) -> None:
    frame.captured = True
    m.bind(node.name, classes.define(m, node, frame), frame.scope)


def _return(m: Machine, node: ast.Return, frame: Frame) -> bool:
    value = m.eval(node.value, frame) if node.value is not None else literal(None)
    frame.returns.append((_decided(m, value), m.state))
    return False


def _decided(m: Machine, value: Value) -> Value:
    """A True or False that is returned under a test tells what the test told: `found`, `ok` and their kin."""
    origins = {k: t | {COMPARED} for g in m.guards if g.frame == len(m.frames) for k, t in g.origins.items()}
    if not origins:
        return value
    if value.known and all(isinstance(x.value, bool) for x in value.literals):
        return value.of(origins=origins)
    for oid, obj in m.objects(value):
        if obj.kind != "tuple":
            continue
        for part, held in list(obj.fields.items()):
            if held.known and all(isinstance(x.value, bool) for x in held.literals):
                m.state.edit(oid).fields[part] = held.of(origins=origins)
    return value


def _raise(m: Machine, node: ast.Raise, frame: Frame) -> bool:
    if node.exc is not None:
        m.quiet += 1
        try:
            m.eval(node.exc, frame)
        finally:
            m.quiet -= 1
    return False


def _break(m: Machine, node: ast.Break, frame: Frame) -> bool:
    if frame.loops:
        frame.loops[-1][0].append(m.state)
    return False


def _continue(m: Machine, node: ast.Continue, frame: Frame) -> bool:
    if frame.loops:
        frame.loops[-1][1].append(m.state)
    return False


def _delete(m: Machine, node: ast.Delete, frame: Frame) -> None:
    for target in node.targets:
        if isinstance(target, ast.Name):
            m.unbind(target.id, frame.scope)
        elif isinstance(target, ast.Subscript) and not isinstance(target.slice, ast.Slice):
            access.delete(m, m.eval(target.value, frame), m.eval(target.slice, frame))
        elif isinstance(target, ast.Attribute):
            access.delete(m, m.eval(target.value, frame), literal(target.attr))


def _import(m: Machine, node: ast.Import, frame: Frame) -> None:
    modules.import_statement(m, node, frame)


def _import_from(m: Machine, node: ast.ImportFrom, frame: Frame) -> None:
    modules.import_from(m, node, frame)


def _with(m: Machine, node: ast.With | ast.AsyncWith, frame: Frame) -> bool:
    restored: list[State] = []
    for item in node.items:
        before = m.state.fork()
        value = m.eval(item.context_expr, frame)
        if any(isinstance(target, MakerRef) and target.name == "context" for target in value.refs):
            restored.append(before)
        value = _enter(m, value, item.context_expr, frame)
        if item.optional_vars is not None:
            assign(m, item.optional_vars, value, frame)
    alive = m.block(node.body, frame)
    for before in restored if alive else ():
        # What a context manager of the code does after its `yield` may put back what it changed before it.
        m.state = join_states(m.state, before) or m.state
    return alive


def _enter(m: Machine, value: Value, node: ast.expr, frame: Frame) -> Value:
    """What `with x as y` binds: the result of __enter__ of a class of the code, the first yield of a generator."""
    from .calls import Arguments

    for _, obj in m.objects(value):
        if obj.cls is not None:
            from .objects import class_attribute

            method = class_attribute(m, obj.cls, "__enter__", value, node)
            if method is not None:
                return m.call(method, Arguments([]), node, frame)
    for target in value.refs:
        if isinstance(target, MakerRef) and target.name == "context":
            held: Value = target.arguments
            return held
    if any(isinstance(r, ExtRef) for r in value.refs):
        return value.of(anything=True)
    return value


def _scope_names(kind: str) -> Callable[[Machine, Any, Frame], None]:
    def declare(m: Machine, node: ast.Global | ast.Nonlocal, frame: Frame) -> None:
        for name in node.names:
            m.outer_names.setdefault(frame.scope, {})[name] = kind

    return declare


def _nothing(m: Machine, node: ast.stmt, frame: Frame) -> None:
    return None


_HANDLERS: dict[type, Callable[[Machine, Any, Frame], bool | None]] = {
    ast.Expr: _expression,
    ast.Assign: _assign,
    ast.AnnAssign: _annotated,
    ast.AugAssign: _augmented,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
    ast.Return: _return,
    ast.Raise: _raise,
    ast.Break: _break,
    ast.Continue: _continue,
    ast.Delete: _delete,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.If: branches.if_statement,
    ast.For: branches.for_statement,
    ast.AsyncFor: branches.for_statement,
    ast.While: branches.while_statement,
    ast.Try: branches.try_statement,
    ast.Match: branches.match_statement,
    ast.Assert: branches.assert_statement,
    ast.Global: _scope_names("global"),
    ast.Nonlocal: _scope_names("nonlocal"),
    ast.Pass: _nothing,
}
if hasattr(ast, "TryStar"):
    _HANDLERS[ast.TryStar] = branches.try_statement
