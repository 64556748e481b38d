"""What each expression evaluates to."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from . import access, events
from .calls import gather
from .code import Function, FunctionRef
from .comprehensions import comprehension
from .heap import Obj, join_paths
from .machine import Suspended
from .objects import resolve
from .operators import binary, boolean, comparison, truth, unary
from .source import unparse
from .state import join_states
from .validation import condition
from .values import (
    BOTTOM,
    FALSY,
    TEXT,
    UNKNOWN,
    BuiltinRef,
    Key,
    Literal,
    Value,
    derived,
    join,
    join_all,
    literal,
    ref,
)

if TYPE_CHECKING:
    from .machine import Frame, Machine

_BUILTINS = frozenset(dir(builtins))


def evaluate(m: Machine, node: ast.expr, frame: Frame) -> Value:
    """Dispatches on the kind of expression; a kind without a rule loses the trail and says so."""
    handler = _HANDLERS.get(type(node))
    if handler is None:
        m.gate(node, f"{type(node).__name__} is not modelled")
        return UNKNOWN
    return handler(m, node, frame)


def _constant(m: Machine, node: ast.Constant, frame: Frame) -> Value:
    return frame.module.constant(node)


def _name(m: Machine, node: ast.Name, frame: Frame) -> Value:
    found = m.lookup(node.id, frame.scope)
    if found is not None and found is not BOTTOM:
        return resolve(m, found, node)
    return ref(BuiltinRef(node.id)) if node.id in _BUILTINS else UNKNOWN


def _attribute(m: Machine, node: ast.Attribute, frame: Frame) -> Value:
    return access.get_attr(m, m.eval(node.value, frame), node.attr, node)


def _subscript(m: Machine, node: ast.Subscript, frame: Frame) -> Value:
    container = m.eval(node.value, frame)
    if isinstance(node.slice, ast.Slice):
        return _slice(m, container, node, frame)
    return access.get_item(m, container, m.eval(node.slice, frame), node)


def _slice(m: Machine, container: Value, node: ast.Subscript, frame: Frame) -> Value:
    assert isinstance(node.slice, ast.Slice)
    bounds: list[Any] = []
    for part in (node.slice.lower, node.slice.upper, node.slice.step):
        bound = m.eval(part, frame) if part is not None else None
        only = bound.only if bound is not None else None
        if bound is not None and only is None:
            m.use(bound, "call", "bound of a slice", node)
            return _whole(m, container)
        bounds.append(only.value if only is not None else None)
    cut = slice(*bounds)
    if container.literals and not container.refs and not container.anything:
        texts = [x for x in container.literals if isinstance(x.value, str | bytes)]
        return Value(container.origins, tuple(Literal(x.value[cut], x.site) for x in texts))
    objects = m.objects(container)
    if len(objects) == 1 and objects[0][1].size is not None and objects[0][1].rest is None:
        obj = objects[0][1]
        kept = [obj.fields[i] for i in range(obj.size or 0) if i in obj.fields][cut]
        return m.sequence(obj.kind, kept)
    return _whole(m, container)


def _slice_index(m: Machine, node: ast.Slice, frame: Frame) -> Value:
    """A slice among others: `logits[:, 1:]`."""
    bounds = [m.eval(part, frame) for part in (node.lower, node.upper, node.step) if part is not None]
    for bound in bounds:
        m.use(bound, "call", "bound of a slice", node)
    return UNKNOWN


def _whole(m: Machine, container: Value) -> Value:
    objects = [o for _, o in m.objects(container)]
    if objects and objects[0].kind in ("list", "tuple"):
        out = Obj("list")
        out.rest, out.size = join_all(o.everything() for o in objects), None
        return m.new(out)
    return derived([container], "slice")


def _display(kind: str) -> Callable[[Machine, Any, Frame], Value]:
    def build(m: Machine, node: ast.List | ast.Tuple | ast.Set, frame: Frame) -> Value:
        obj = Obj(kind, site=frame.module.site(node))
        position: int | None = 0
        for item in node.elts:
            if isinstance(item, ast.Starred):
                known, others = access.elements(m, m.eval(item.value, frame))
            else:
                known, others = [m.eval(item, frame)], None
            for value in known:
                if position is not None:
                    obj.fields[position] = value
                    position += 1
                else:
                    obj.rest = join(obj.rest or BOTTOM, value)
            if others is not None:
                obj.rest, position = join(obj.rest or BOTTOM, others), None
        obj.size = position
        return m.new(obj)

    return build


def _dict(m: Machine, node: ast.Dict, frame: Frame) -> Value:
    from .builtins.dicts import merge_into

    value = m.new(Obj("dict", site=frame.module.site(node)))
    oid = value.objects()[0]
    sites: dict[Any, Any] = {}
    for key_node, value_node in zip(node.keys, node.values, strict=True):
        held = m.eval(value_node, frame)
        if key_node is None:
            merge_into(m, oid, held, value_node)
            continue
        key = m.eval(key_node, frame)
        for part in key.literals:
            if part.site is not None:
                sites[_hashable(part.value)] = part.site
        access.set_item(m, value, key, held, value_node)
    m.state.edit(oid).extra = sites
    return value


def _hashable(value: Any) -> Any:
    try:
        hash(value)
    except TypeError:
        return repr(value)
    return value


def _joined(m: Machine, node: ast.JoinedStr, frame: Frame) -> Value:
    parts: list[Value] = []
    text: str | None = ""
    for item in node.values:
        value = m.eval(item.value if isinstance(item, ast.FormattedValue) else item, frame)
        parts.append(m.content(value))
        only = value.only
        plain = only is not None and (not isinstance(item, ast.FormattedValue) or item.format_spec is None)
        text = text + str(only.value) if text is not None and plain and only is not None else None
    out = derived(parts, TEXT)
    if text is not None:
        return Value(out.origins, (Literal(text, frame.module.site(node)),), lost=out.lost)
    return out


def _binop(m: Machine, node: ast.BinOp, frame: Frame) -> Value:
    return binary(m, node.op, m.eval(node.left, frame), m.eval(node.right, frame), node)


def _unary(m: Machine, node: ast.UnaryOp, frame: Frame) -> Value:
    return unary(m, node, m.eval(node.operand, frame))


def _conditional(m: Machine, node: ast.IfExp, frame: Frame) -> Value:
    saved, m.tests = m.tests, []
    test = m.eval(node.test, frame)
    tests, m.tests = m.tests, saved
    decided = truth(m, test)
    if decided is not None:
        return m.eval(node.body if decided else node.orelse, frame)
    condition(m, test, tests, node.test, None)
    text = unparse(node.test)
    start = m.state
    m.state = start.fork()
    with m.guarded(text, test):
        one = m.eval(node.body, frame)
    first, m.state = m.state, start.fork()
    with m.guarded(f"not ({text})", test):
        two = m.eval(node.orelse, frame)
    m.state = join_states(first, m.state, text) or start
    _default_by_test(m, test, one, two, node)
    same = frozenset(test.origins)
    truthy = m.truthy_keys(node.test, test)
    return join_paths(_giving_way(m, one, two, truthy, node), two, text, same, truthy)


def _giving_way(m: Machine, one: Value, two: Value, truthy: frozenset[Key], node: ast.IfExp) -> Value:
    """`x if x else d` is `x or d`: a falsy value gives way to the constant d."""
    if two.only is None or not two.only.value or two.origins:
        return one
    origins = dict(one.origins)
    for key in truthy & origins.keys():
        origins[key] |= {FALSY}
        m.observe(events.Replacement(key, m.site(node), two.only, ast.unparse(node.orelse)))
    return one.of(origins=origins)


def _default_by_test(m: Machine, test: Value, one: Value, two: Value, node: ast.IfExp) -> None:
    """`x if x is not None else d`: d is what a layer of the script gives.

    Not so when the test or the value is what something else made of the key.
    """
    first, second = one.straight(), two.straight()
    for key in test.straight():
        if key in first and not two.origins:
            access.record_default(m, key, two, node.orelse)
        elif key in second and not one.origins:
            access.record_default(m, key, one, node.body)


def _call(m: Machine, node: ast.Call, frame: Frame) -> Value:
    m.tick()
    if isinstance(node.func, ast.Attribute):
        callee = access.get_attr(m, m.eval(node.func.value, frame), node.func.attr, node.func, called=True)
    else:
        callee = m.eval(node.func, frame)
    args = gather(m, node, frame)
    return m.call(callee, args, node, frame)


def _lambda(m: Machine, node: ast.Lambda, frame: Frame) -> Value:
    frame.captured = True
    fn = Function(node, frame.module, frame.scope, "lambda", None)
    fn.defaults = [m.eval(d, frame) for d in node.args.defaults]
    fn.kw_defaults = {
        a.arg: m.eval(d, frame)
        for a, d in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
        if d is not None
    }
    return ref(FunctionRef(fn))


def _walrus(m: Machine, node: ast.NamedExpr, frame: Frame) -> Value:
    value = m.eval(node.value, frame)
    m.bind(node.target.id, value, frame.scope)
    return value


def _starred(m: Machine, node: ast.Starred, frame: Frame) -> Value:
    return m.eval(node.value, frame)


def _await(m: Machine, node: ast.Await, frame: Frame) -> Value:
    return m.eval(node.value, frame)


def _yield(m: Machine, node: ast.Yield | ast.YieldFrom, frame: Frame) -> Value:
    """What a generator yields is collected in order: it is consumed by the loop that called it."""
    value = m.eval(node.value, frame) if node.value is not None else literal(None)
    if frame.context and isinstance(node, ast.Yield):
        raise Suspended(value)
    if frame.yields is None:
        m.gate(node, "yield outside a modelled generator")
        return UNKNOWN
    if isinstance(node, ast.YieldFrom):
        known, others = access.elements(m, value)
    else:
        known, others = [value], None
    obj = m.state.edit(frame.yields)
    for item in known:
        if obj.size is None:
            obj.rest = join(obj.rest or BOTTOM, item)
        else:
            obj.fields[obj.size] = item
            obj.size += 1
    if others is not None:
        obj.rest, obj.size = join(obj.rest or BOTTOM, others), None
    return UNKNOWN


def _formatted(m: Machine, node: ast.FormattedValue, frame: Frame) -> Value:
    return derived([m.eval(node.value, frame)], TEXT)


def _compare(m: Machine, node: ast.Compare, frame: Frame) -> Value:
    return comparison(m, node, [m.eval(part, frame) for part in (node.left, *node.comparators)])


_HANDLERS: dict[type, Callable[[Machine, Any, Frame], Value]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.Slice: _slice_index,
    ast.List: _display("list"),
    ast.Tuple: _display("tuple"),
    ast.Set: _display("set"),
    ast.Dict: _dict,
    ast.JoinedStr: _joined,
    ast.FormattedValue: _formatted,
    ast.BinOp: _binop,
    ast.UnaryOp: _unary,
    ast.BoolOp: boolean,
    ast.Compare: _compare,
    ast.IfExp: _conditional,
    ast.Call: _call,
    ast.Lambda: _lambda,
    ast.NamedExpr: _walrus,
    ast.Starred: _starred,
    ast.Await: _await,
    ast.Yield: _yield,
    ast.YieldFrom: _yield,
    ast.ListComp: comprehension,
    ast.SetComp: comprehension,
    ast.DictComp: comprehension,
    ast.GeneratorExp: comprehension,
}
