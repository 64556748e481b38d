"""Loops over what is known and what is not: comprehensions, and the expansion of a config's unknown keys.

Iterating over a config tree yields a symbolic key. When the loop compares that key with constants, looks it up in a
table or asks an object for it, the loop is also interpreted once for each of those names, so that renaming tables and
allow-lists over raw items are followed exactly; the symbolic pass stands for all other keys.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from . import access
from .heap import MAX_ITEMS, SEQUENCES, Obj
from .operators import truth
from .source import unparse
from .state import join_states
from .validation import condition
from .values import BOTTOM, Node, ObjRef, SymKey, Value, join, substitute

if TYPE_CHECKING:
    from .machine import Frame, Machine

MAX_NAMES = 64
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


class Items:
    """What a loop runs over: elements in order, then (`others`) one that stands for all that are not known."""

    __slots__ = ("known", "others")

    def __init__(self, known: list[Value], others: Value | None) -> None:
        self.known = known
        self.others = others


def items_of(m: Machine, value: Value, target: ast.expr, body: Sequence[ast.AST], frame: Frame) -> Items:
    """The elements of `value`; a symbolic one also under every name that `body` asks of the loop's `target`."""
    known, others = access.elements(m, value)
    if len(known) > MAX_ITEMS:
        rest = known[MAX_ITEMS:]
        known = known[:MAX_ITEMS]
        for item in rest:
            others = item if others is None else join(others, item)
    nodes = symbols(m, others) if others is not None else []
    if len(nodes) == 1:
        assert others is not None
        shape = m.shape(nodes[0])
        asked = [*(shape.children if shape is not None else ()), *names_asked(m, target, body, frame)]
        asked = [name for name in asked if not m.lacks(nodes[0], name)]
        there = {x.value for v in known for x in v.literals}
        names = [n for n in dict.fromkeys(asked) if isinstance(n, str) and n not in there]
        for name in names[:MAX_NAMES]:
            known.append(rename(m, others, nodes[0], name))
        m.named_keys[nodes[0]] = frozenset(names[:MAX_NAMES])
    return Items(known, others)


def symbols(m: Machine, value: Value) -> list[Node]:
    """The config trees whose unknown key `value` is, or holds as in (key, value)."""
    found = [r.node for r in value.refs if isinstance(r, SymKey)]
    for _, obj in m.objects(value):
        if obj.kind in SEQUENCES:
            found += [r.node for v in obj.fields.values() for r in v.refs if isinstance(r, SymKey)]
    return list(dict.fromkeys(found))


def rename(m: Machine, value: Value, node: Node, name: str) -> Value:
    """`value` with the unknown key of `node` read as `name`, through one level of tuple."""
    refs: list[Any] = []
    for target in value.refs:
        obj = m.state.get(target.oid) if isinstance(target, ObjRef) and not isinstance(target.oid, Node) else None
        if obj is not None and obj.kind in SEQUENCES:
            inner = [substitute(obj.fields[i], node, name) for i in sorted(obj.fields)]
            refs += m.sequence(obj.kind, inner).refs
        else:
            refs.append(target)
    return substitute(value.of(refs=tuple(refs)), node, name)


def names_asked(m: Machine, target: ast.expr, body: Iterable[ast.AST], frame: Frame) -> list[str]:
    """Constants that the body compares the loop variable with, and the names in tables that it looks it up in."""
    variables = {n.id for n in ast.walk(target) if isinstance(n, ast.Name)}
    names: dict[str, None] = {}

    def is_variable(node: ast.expr) -> bool:
        return isinstance(node, ast.Name) and node.id in variables

    for part in body:
        for node in ast.walk(part):
            if isinstance(node, ast.Compare) and is_variable(node.left):
                for side in node.comparators:
                    _collect(m, side, frame, names)
            elif isinstance(node, ast.Subscript) and is_variable(node.slice):
                _collect(m, node.value, frame, names, tables_only=True)
            elif isinstance(node, ast.Call):
                function = node.func
                if isinstance(function, ast.Attribute) and function.attr in ("get", "pop"):
                    if node.args and is_variable(node.args[0]):
                        _collect(m, function.value, frame, names, tables_only=True)
                elif _is_access(function) and len(node.args) > 1 and is_variable(node.args[1]):
                    _collect(m, node.args[0], frame, names, tables_only=True)
    return list(names)


def _is_access(function: ast.expr) -> bool:
    return isinstance(function, ast.Name) and function.id in ("hasattr", "getattr", "setattr")


def _collect(m: Machine, node: ast.expr, frame: Frame, names: dict[str, None], tables_only: bool = False) -> None:
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and not tables_only:
            names[node.value] = None
        return
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        for item in node.elts:
            _collect(m, item, frame, names)
        return
    if not isinstance(node, ast.Name | ast.Attribute):
        return
    m.quiet += 1
    try:
        value = m.eval(node, frame)
    finally:
        m.quiet -= 1
    for _, obj in m.objects(value):
        if obj.kind in SEQUENCES and not tables_only:
            for held in obj.fields.values():
                names.update({x.value: None for x in held.literals if isinstance(x.value, str)})
        elif obj.kind in ("dict", "object", "namespace") and obj.base is None:
            names.update({k: None for k in obj.fields if isinstance(k, str)})


def comprehension(m: Machine, node: _Comprehension, frame: Frame) -> Value:
    """List, set, dict comprehensions and generator expressions, in a scope of their own."""
    from .machine import Frame as NewFrame

    inner = NewFrame(frame.module, m.new_scope(frame.scope), frame.name, frame.function)
    inner.cls, inner.yields = frame.cls, frame.yields
    frame.captured = True
    kind = {ast.SetComp: "set", ast.DictComp: "dict"}.get(type(node), "list")
    out = m.new(Obj(kind))
    _clause(m, node, 0, inner, out, exact=True)
    if not inner.captured:
        m.state.drop(inner.scope)
    return out


def _clause(m: Machine, node: _Comprehension, depth: int, frame: Frame, out: Value, exact: bool) -> None:
    if depth == len(node.generators):
        _add(m, node, frame, out, exact)
        return
    generator = node.generators[depth]
    source = m.eval(generator.iter, frame)
    body: list[ast.AST] = [*generator.ifs]
    body += [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    items = items_of(m, source, generator.target, body, frame)
    for item in items.known:
        _one(m, node, depth, generator, item, frame, out, exact and not item.absent)
    if items.others is not None:
        _one(m, node, depth, generator, items.others, frame, out, False)


def _one(
    m: Machine,
    node: _Comprehension,
    depth: int,
    generator: ast.comprehension,
    item: Value,
    frame: Frame,
    out: Value,
    exact: bool,
) -> None:
    from .statements import assign

    assign(m, generator.target, item.present(), frame)
    guards = len(m.guards)
    tests: list[tuple[ast.expr, Value]] = []
    for test in generator.ifs:
        saved, m.tests = m.tests, []
        value = m.eval(test, frame)
        made, m.tests = m.tests, saved
        decided = truth(m, value)
        if decided is False:
            return
        if decided is None:
            condition(m, value, made, test, None)
            exact = False
            tests.append((test, value))
    start = m.state
    if tests:
        m.state = start.fork()
    for test, value in tests:
        m.push_guard(unparse(test), value)
    _clause(m, node, depth + 1, frame, out, exact)
    del m.guards[guards:]
    if tests:
        text = " and ".join(unparse(t) for t, _ in tests)
        same = frozenset(k for _, v in tests for k in v.origins)
        m.state = join_states(m.state, start, text, same) or start


def _add(m: Machine, node: _Comprehension, frame: Frame, out: Value, exact: bool) -> None:
    if isinstance(node, ast.DictComp):
        key = m.eval(node.key, frame)
        value = m.eval(node.value, frame)
        access.set_item(m, out, key, value, node)
        return
    value = m.eval(node.elt, frame)
    obj = m.state.edit(out.objects()[0])
    if exact and obj.size is not None:
        obj.fields[obj.size] = value
        obj.size += 1
    else:
        obj.rest, obj.size = join(obj.rest or BOTTOM, value), None
