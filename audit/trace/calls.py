"""Calls: arguments gathered, callees resolved, functions of the code entered with a scope of their own."""

from __future__ import annotations

import ast
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, NamedTuple

from . import events
from .again import adds_nothing, memo_key
from .code import Function, FunctionRef
from .heap import Obj
from .machine import MAX_DEPTH, MAX_RECURSION, Frame, Suspended
from .objects import decorator_names
from .state import State, join_states
from .values import (
    BOTTOM,
    OPAQUE,
    UNKNOWN,
    WHEN,
    BoundRef,
    ExtRef,
    Literal,
    MakerRef,
    MethodRef,
    Node,
    ObjRef,
    PartialRef,
    Value,
    derived,
    join,
    literal,
    ref,
)

if TYPE_CHECKING:
    from .machine import Machine


class Open(NamedTuple):
    """A config subtree spread with `**`: every key of it but `excluded`, and but the fields written on top."""

    node: Node
    excluded: frozenset[Any]
    tags: frozenset[str]


class Arguments:
    """Arguments of one call. `rest` is what an unknown `*sequence` holds; `unknown` an unknown `**mapping`."""

    __slots__ = ("keywords", "nodes", "opens", "positional", "rest", "unknown")

    def __init__(self, positional: list[Value], keywords: dict[str, Value] | None = None) -> None:
        self.positional = positional
        self.keywords = keywords or {}
        self.rest: Value | None = None
        self.opens: list[Open] = []
        self.unknown: Value | None = None
        self.nodes: dict[int | str, ast.expr] = {}

    def get(self, position: int, name: str | None = None) -> Value | None:
        """The argument at a position or under a name."""
        if 0 <= position < len(self.positional):
            return self.positional[position]
        return self.keywords.get(name) if name is not None else None

    def all(self) -> list[Value]:
        out = [*self.positional, *self.keywords.values()]
        out += [v for v in (self.rest, self.unknown) if v is not None]
        out += [Value(refs=(ObjRef(o.node),)) for o in self.opens]
        return out

    def shape(self) -> tuple[Any, ...]:
        """Equal for calls whose arguments come from the same keys and are the same objects and constants."""
        return (
            tuple(v.shape() for v in self.positional),
            frozenset((k, v.shape()) for k, v in self.keywords.items()),
            self.rest and self.rest.shape(),
            tuple(self.opens),
            self.unknown and self.unknown.shape(),
        )

    def shifted(self, first: Value) -> Arguments:
        """The same call with one more argument in front."""
        out = Arguments([first, *self.positional], dict(self.keywords))
        out.rest, out.opens, out.unknown = self.rest, self.opens, self.unknown
        out.nodes = {(k + 1 if isinstance(k, int) else k): v for k, v in self.nodes.items()}
        return out


def gather(m: Machine, node: ast.Call, frame: Frame) -> Arguments:
    """Evaluates the arguments of a call expression."""
    out = Arguments([])
    for item in node.args:
        if isinstance(item, ast.Starred):
            from .access import elements

            known, others = elements(m, m.eval(item.value, frame))
            out.positional += known
            if others is not None:
                out.rest = others if out.rest is None else join(out.rest, others)
        else:
            out.nodes[len(out.positional)] = item
            out.positional.append(m.eval(item, frame))
    for keyword in node.keywords:
        value = m.eval(keyword.value, frame)
        if keyword.arg is None:
            spread(m, out, value, keyword.value)
        else:
            out.nodes[keyword.arg] = keyword.value
            out.keywords[keyword.arg] = value
    return out


def spread(m: Machine, out: Arguments, value: Value, node: ast.AST) -> None:
    """`**value` in a call."""
    objects = m.objects(value)
    guards = {g.text for g in m.guards}
    if len(objects) > 1:
        from .sinks import contradicts

        possible = [(oid, o) for oid, o in objects if not any(contradicts(test, guards) for test in o.born)]
        objects = possible or objects
    several = (
        len(objects) > 1
        or len(value.refs) > len(objects)
        or (value.anything and not value.nodes() and bool(value.refs))
    )
    for _, obj in objects:
        for name, field in obj.fields.items():
            if isinstance(name, str):
                given = _one_of(field, obj.born, guards) if several else field
                out.keywords[name] = join(out.keywords[name], given) if name in out.keywords else given
        if obj.base is not None:
            out.opens.append(Open(obj.base, obj.excluded | frozenset(obj.fields), obj.tags))
        if obj.rest is not None:
            rest = obj.rest.tagged(OPAQUE)
            out.unknown = rest if out.unknown is None else join(out.unknown, rest)
    if not objects:
        out.unknown = join(out.unknown or BOTTOM, derived([value], OPAQUE))


def _one_of(field: Value, born: tuple[str, ...], guards: Collection[str]) -> Value:
    """What one of several dicts holds: it is there only where the tests held under which that dict was made."""
    tests = frozenset(f"{WHEN}{test}" for test in born if test not in guards)
    return field.of(origins={key: tags | tests for key, tags in field.origins.items()}, absent=True)


def call(m: Machine, callee: Value, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    """The value of calling `callee`; several possible callees are tried side by side."""
    targets = list(callee.refs)
    if any(isinstance(t, MethodRef) for t in targets):
        targets = [t for t in targets if not isinstance(t, ExtRef)]
    if len(targets) == 1 and (not callee.origins or isinstance(targets[0], MethodRef)):
        return _call_one(m, targets[0], callee, args, node, frame)
    if not targets:
        return opaque(m, callee, args, node, "a callee that is not known")
    out = BOTTOM
    start, merged = m.state, None
    for target in targets[:12]:
        m.state = start.fork()
        out = join(out, _call_one(m, target, callee, args, node, frame))
        merged = join_states(merged, m.state)
    m.state = merged if merged is not None else start
    m.use(callee, events.CONTROL, "chooses what is called", node)
    return out


def _call_one(m: Machine, target: Any, callee: Value, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    m.tick()
    model = m.callees.get(type(target))
    if model is not None:
        return model(m, target, args, node, frame)
    if isinstance(target, ObjRef):
        obj = m.state.get(target.oid)
        if obj.cls is not None:
            from .objects import class_attribute

            method = class_attribute(m, obj.cls, "__call__", ref(target), node)
            if method is not None:
                return call(m, method, args, node, frame)
    return opaque(m, callee, args, node, "a callee that is not known")


def opaque(m: Machine, callee: Value, args: Arguments, node: ast.AST, what: str) -> Value:
    """A call that is not followed: leaves are used, subtrees escape, the result keeps the origins."""
    for value in args.all():
        m.use(value, events.CALL, f"argument of {what}", node)
        m.escape(value, f"handed to {what}", node)
    callbacks(m, args, node)
    return derived([*args.all(), callee], OPAQUE)


def callbacks(m: Machine, args: Arguments, node: ast.AST) -> None:
    """Functions handed to code that is not followed may be called: with `args=`, or with what cannot be known. What
    they give is used there."""
    given = args.keywords.get("args")
    passed: list[Value] = []
    if given is not None:
        from .access import elements

        passed = elements(m, given)[0]
    for value in args.all():
        for target in (*value.refs, *_callable_objects(m, value, node)):
            if isinstance(target, FunctionRef | BoundRef | PartialRef):
                function = target.function
                while isinstance(function, BoundRef | PartialRef | FunctionRef):
                    function = function.function
                if isinstance(function, Function) and any(f.function is function for f in m.frames):
                    continue
                inner = Arguments(list(passed))
                if not passed:
                    inner.rest = UNKNOWN
                before = m.state
                m.state = before.fork()
                made = _call_one(m, target, value, inner, node, m.frame)
                m.use(m.content(made), events.CALL, "what a callback gives", node)
                m.state = join_states(before, m.state) or before


def _callable_objects(m: Machine, value: Value, node: ast.AST) -> list[BoundRef]:
    """`__call__` of the instances that are handed over."""
    from .objects import class_attribute

    found: list[BoundRef] = []
    for oid, obj in m.objects(value):
        method = class_attribute(m, obj.cls, "__call__", ref(ObjRef(oid)), node) if obj.cls is not None else None
        found += [target for target in method.refs if isinstance(target, BoundRef)] if method is not None else []
    return found


def call_partial(m: Machine, target: PartialRef, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    held = m.state.get(target.oid)
    first = [held.fields[i] for i in sorted(k for k in held.fields if isinstance(k, int))]
    out = Arguments(
        [*first, *args.positional], {**{k: v for k, v in held.fields.items() if isinstance(k, str)}, **args.keywords}
    )
    out.rest, out.unknown = args.rest, args.unknown
    out.opens = [*args.opens, *([Open(held.base, held.excluded, held.tags)] if held.base is not None else [])]
    out.nodes = {(k + len(first) if isinstance(k, int) else k): v for k, v in args.nodes.items()}
    return call(m, target.function, out, node, frame)


def enter(m: Machine, fn: Function, args: Arguments, node: ast.AST) -> Value:
    """Interprets a function of the code with these arguments."""
    running = [f for f in m.frames if f.function is not None and f.function.node is fn.node]
    if running and adds_nothing(running, args):
        return BOTTOM
    if len(running) >= MAX_RECURSION or len(m.frames) >= MAX_DEPTH:
        for value in args.all():
            m.escape(value, f"recursion of {fn.name} deeper than {MAX_RECURSION}", node)
        return derived(args.all(), OPAQUE)
    memo = memo_key(fn, args)
    if memo is not None and memo in m.memo:
        return m.memo[memo]
    touched = m.touched
    from .validation import is_checker

    frame = Frame(fn.module, m.new_scope(fn.scope), fn.name, fn)
    frame.cls, frame.arguments = fn.owner, args
    bind(m, fn, args, frame, node)
    checker = is_checker(fn)
    m.checking += checker
    m.frames.append(frame)
    guards = len(m.guards)
    try:
        result = _body(m, fn, frame)
    finally:
        m.frames.pop()
        m.checking -= checker
        del m.guards[guards:]
    if not frame.captured:
        m.state.drop(frame.scope)
    if memo is not None and m.touched == touched and not result.refs:
        m.memo[memo] = result
    return result


def _body(m: Machine, fn: Function, frame: Frame) -> Value:
    if isinstance(fn.node, ast.Lambda):
        return m.eval(fn.node.body, frame)
    if fn.generator:
        frame.context = bool(decorator_names(fn.decorators) & {"contextmanager", "asynccontextmanager"})
        items = m.new(Obj("list"))
        frame.yields = items.objects()[0]
    try:
        alive = m.block(fn.node.body, frame)
    except Suspended as at:
        return ref(MakerRef("context", at.value))
    out = BOTTOM
    merged: State | None = None
    for value, state in frame.returns:
        out = join(out, value)
        merged = join_states(merged, state)
    if alive:
        out = join(out, literal(None))
        merged = join_states(merged, m.state)
    if merged is not None:
        m.state = merged
    if frame.yields is not None:
        return ref(ObjRef(frame.yields))
    return out if merged is not None else BOTTOM


def bind(m: Machine, fn: Function, args: Arguments, frame: Frame, node: ast.AST) -> None:
    """Arguments to parameters, with defaults for what may be missing."""
    spec = fn.node.args
    names = fn.parameters
    scope = m.state.edit(frame.scope)
    used: set[str] = set()
    first_default = len(names) - len(fn.defaults)
    for position, name in enumerate(names):
        default = fn.defaults[position - first_default] if position >= first_default else None
        if position < len(args.positional):
            value = args.positional[position]
        else:
            value = _named(m, fn, name, args, default, node)
            used.add(name)
        scope.fields[name] = value
    for parameter in spec.kwonlyargs:
        scope.fields[parameter.arg] = _named(m, fn, parameter.arg, args, fn.kw_defaults.get(parameter.arg), node)
        used.add(parameter.arg)
    if spec.vararg is not None:
        extra = m.sequence("tuple", args.positional[len(names) :])
        if args.rest is not None:
            obj = m.state.edit(extra.objects()[0])
            obj.rest, obj.size = args.rest, None
        m.state.edit(frame.scope).fields[spec.vararg.arg] = extra
    if spec.kwarg is not None:
        _bind_kwargs(m, fn, args, used | set(names), frame, node)


def _named(m: Machine, fn: Function, name: str, args: Arguments, default: Value | None, node: ast.AST) -> Value:
    from .access import read_below, record_default

    value = args.keywords.get(name)
    if value is not None and not value.absent:
        return value
    out = value.present() if value is not None else BOTTOM
    for spread_out in args.opens:
        if name in spread_out.excluded:
            continue
        child = spread_out.node.child(name)
        probe = Obj("config", base=spread_out.node)
        read_below(m, probe, Literal(name), node, guarded=default is not None)
        below = probe.below(name) or UNKNOWN
        out = join(out, below.tagged(*spread_out.tags) if spread_out.tags else below)
        if default is not None:
            record_default(m, child.key, default, node, fn.name)
    if value is None and args.rest is not None:
        out = join(out, args.rest)
    if value is None and args.unknown is not None:
        out = join(out, args.unknown)
    if default is not None:
        out = join(out, default)
    return out if out is not BOTTOM else UNKNOWN


def _bind_kwargs(m: Machine, fn: Function, args: Arguments, taken: set[str], frame: Frame, node: ast.AST) -> None:
    spec = fn.node.args.kwarg
    assert spec is not None
    record = Obj("dict")
    record.fields = {k: v for k, v in args.keywords.items() if k not in taken}
    if args.opens:
        first = args.opens[0]
        record.base, record.tags = first.node, first.tags
        record.excluded = first.excluded | frozenset(taken)
    if args.unknown is not None:
        record.rest = args.unknown
    value = m.new(record)
    m.state.edit(frame.scope).fields[spec.arg] = value
    names = {n.id for part in _body_nodes(fn) for n in ast.walk(part) if isinstance(n, ast.Name)}
    if spec.arg not in names and not m.in_library and not fn.module.library:
        for field in record.fields.values():
            for key in field.origins:
                m.observe(events.Swallowed(key, m.site(node), fn.name))


def _body_nodes(fn: Function) -> list[ast.AST]:
    return [fn.node.body] if isinstance(fn.node, ast.Lambda) else list(fn.node.body)
