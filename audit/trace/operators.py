"""Operators: constant folding, truth, comparisons, and what `or` does to a falsy value."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from . import events
from .code import ClassRef, FunctionRef
from .heap import SEQUENCES, Obj
from .source import unparse
from .values import (
    ARITH,
    BOTTOM,
    COMPARED,
    FALSY,
    GUARDED,
    PRESENCE,
    TEXT,
    UNKNOWN,
    WHEN,
    BoundRef,
    BuiltinRef,
    ExtRef,
    Key,
    Literal,
    ObjRef,
    SymKey,
    Value,
    derived,
    join,
    literal,
)

if TYPE_CHECKING:
    from .machine import Frame, Machine

_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.BitOr: operator.or_,
    ast.BitAnd: operator.and_,
}
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
}
_MAX_TEXT = 4_000


class Test(NamedTuple):
    """One comparison that a condition made: the keys it looks at, its kind, the constants on the other side."""

    keys: frozenset[Key]
    kind: str
    values: tuple[Any, ...]


def binary(m: Machine, op: ast.operator, left: Value, right: Value, node: ast.AST) -> Value:
    """`left op right`."""
    if isinstance(op, ast.BitOr):
        merged = _merge(m, left, right, node)
        if merged is not None:
            return merged
    if isinstance(op, ast.Add):
        lists = _concatenate(m, left, right)
        if lists is not None:
            return lists
    tag = TEXT if isinstance(op, ast.Mod) and any(isinstance(x.value, str) for x in left.literals) else ARITH
    parts = [left, m.content(right) if tag == TEXT else right]
    if tag == TEXT and right.nodes():
        parts += _named_in_text(m, left, right, node)
    out = derived(parts, tag)
    function = _BINARY.get(type(op))
    a, b = left.only, right.only
    if function is not None and a is not None and b is not None and _small(op, a.value, b.value):
        try:
            return Value(out.origins, (Literal(function(a.value, b.value), a.site or b.site),), lost=out.lost)
        except Exception:
            return out
    if isinstance(op, ast.Div) and any(isinstance(r, ExtRef | ObjRef) for r in left.refs):
        return out.of(refs=tuple(r for r in left.refs if isinstance(r, ExtRef)))
    return out


def _named_in_text(m: Machine, text: Value, tree: Value, node: ast.AST) -> list[Value]:
    """The keys that `"%(name)s" % tree` names."""
    if text.anything:
        m.escape(tree, "formatted into a text that is not known", node)
    names = [n for x in text.literals if isinstance(x.value, str) for n in re.findall(r"%\((\w+)\)", x.value)]
    return [m.get_item(tree, literal(name), node) for name in names]


def _small(op: ast.operator, a: Any, b: Any) -> bool:
    """Folding must not build a giant."""
    if isinstance(op, ast.Mult):
        return not isinstance(a, str | bytes | tuple) and not isinstance(b, str | bytes | tuple)
    return not (isinstance(a, str) and len(a) > _MAX_TEXT)


def _merge(m: Machine, left: Value, right: Value, node: ast.AST) -> Value | None:
    """`dict | dict` and `set | set`."""
    one, two = m.objects(left), m.objects(right)
    if not one and not two:
        return None
    from .builtins.dicts import copied, merge_into

    if any(o.kind in ("dict", "config") for _, o in (*one, *two)):
        value = copied(m, left)
        merge_into(m, value.objects()[0], right, node)
        return value
    if any(o.kind == "set" for _, o in (*one, *two)):
        return _concatenate(m, left, right, "set")
    return None


def _concatenate(m: Machine, left: Value, right: Value, kind: str | None = None) -> Value | None:
    one, two = m.objects(left), m.objects(right)
    if len(one) != 1 or len(two) != 1 or one[0][1].kind not in SEQUENCES or two[0][1].kind not in SEQUENCES:
        return None
    a, b = one[0][1], two[0][1]
    out = Obj(kind or a.kind, site=a.site)
    if a.size is not None and b.size is not None:
        items = [*(a.fields[i] for i in sorted(a.fields)), *(b.fields[i] for i in sorted(b.fields))]
        out.fields, out.size = dict(enumerate(items)), len(items)
    else:
        out.rest, out.size = join(a.everything(), b.everything()), None
    return m.new(out)


def unary(m: Machine, node: ast.UnaryOp, operand: Value) -> Value:
    if isinstance(node.op, ast.Not):
        decided = truth(m, operand)
        if decided is not None:
            return literal(not decided)
        if not m.objects(operand) or operand.nodes():
            m.tests.append(Test(frozenset(operand.origins), "required", ()))
        return derived([operand], COMPARED)
    only = operand.only
    if only is not None and isinstance(only.value, int | float):
        value = -only.value if isinstance(node.op, ast.USub) else only.value
        if isinstance(node.op, ast.Invert):
            return derived([operand], ARITH)
        return Value(operand.origins, (Literal(value, m.site(node)),))
    return derived([operand], ARITH)


def truth(m: Machine, value: Value) -> bool | None:
    """True or False when every possibility agrees, else None. What a key says is never assumed."""
    if value.origins or value.absent or value.lost or (value.anything and not value.refs):
        return None
    answers: set[bool | None] = {bool(x.value) for x in value.literals}
    for target in value.refs:
        answers.add(_truth_of(m, target))
    if value.anything:
        answers.add(None)
    return answers.pop() if len(answers) == 1 else None


def _truth_of(m: Machine, target: Any) -> bool | None:
    if isinstance(target, FunctionRef | ClassRef | BoundRef | BuiltinRef):
        return True
    if isinstance(target, ObjRef):
        obj = m.state.get(target.oid)
        if obj.kind in SEQUENCES:
            return bool(obj.size) if obj.size is not None and not any(v.absent for v in obj.fields.values()) else None
        if obj.kind == "dict":
            if obj.base is None and obj.rest is None and not obj.fields:
                return False
            return True if any(not v.absent for v in obj.fields.values()) and obj.base is None else None
        return True if obj.kind == "object" and obj.cls is not None else None
    return None


def boolean(m: Machine, node: ast.BoolOp, frame: Frame) -> Value:
    """`a or b`, `a and b`, from the left, the right side under the left one as a guard."""
    out = m.eval(node.values[0], frame)
    for position, part in enumerate(node.values[1:]):
        decided = truth(m, out)
        is_or = isinstance(node.op, ast.Or)
        if decided is not None:
            if decided is is_or:
                return out
            out = m.eval(part, frame)
            continue
        text = unparse(node.values[position])
        with m.guarded(f"not ({text})" if is_or else text, out):
            right = m.eval(part, frame)
        out = _either(m, out, right, node, part) if is_or else _both(m, out, right)
    return out


def _either(m: Machine, left: Value, right: Value, node: ast.BoolOp, part: ast.expr) -> Value:
    from .access import record_default
    from .objects import is_empty_record

    if left.nodes() and is_empty_record(m, right):
        return left
    text = unparse(node.values[node.values.index(part) - 1])
    right = right.tagged(f"{WHEN}not ({text})")
    for key in left.origins:
        if not key.wild and key not in right.origins:
            layer = m.through[-1] if m.through else None
            m.observe(events.Replacement(key, m.site(node), right.only, unparse(part), layer))
            if not right.origins:
                record_default(m, key, right, part)
    # a key on both sides gives way to itself
    kept = left.of(origins={k: t if k in right.origins else t | {FALSY} for k, t in left.origins.items()})
    return join(kept.of(literals=tuple(x for x in left.literals if x.value)), right)


def _both(m: Machine, left: Value, right: Value) -> Value:
    rest = {k: t | {GUARDED, COMPARED} for k, t in left.origins.items() if k not in right.origins}
    return join(Value(rest, anything=bool(left.origins), lost=left.lost), right)


def comparison(m: Machine, node: ast.Compare, parts: list[Value]) -> Value:
    out: Value | None = None
    for position, op in enumerate(node.ops):
        one = _compare(m, op, parts[position], parts[position + 1])
        decided = truth(m, one)
        if decided is False:
            return one
        out = one if out is None or truth(m, out) is True else derived([out, one], COMPARED)
    return out if out is not None else UNKNOWN


def _compare(m: Machine, op: ast.cmpop, left: Value, right: Value) -> Value:
    if isinstance(op, ast.In | ast.NotIn):
        return _membership(m, op, left, right)
    keys = frozenset(left.origins) | frozenset(right.origins)
    _note(m, op, left, right, keys)
    function = _COMPARE[type(op)]
    if (
        not keys
        and not left.refs
        and not right.refs
        and not (left.anything or right.anything or left.lost or right.lost)
    ):
        answers = set()
        for a in left.literals:
            for b in right.literals:
                try:
                    answers.add(_apply(op, function, a.value, b.value))
                except Exception:
                    return UNKNOWN
        if len(answers) == 1:
            return literal(answers.pop())
        return Value(literals=(Literal(True), Literal(False)))
    decided = _identity(m, op, left, right)
    if decided is not None:
        return literal(decided)
    return derived([left, right], COMPARED)


def _apply(op: ast.cmpop, function: Callable[[Any, Any], Any], a: Any, b: Any) -> bool:
    if isinstance(op, ast.Is | ast.IsNot) and not (
        a is None or b is None or isinstance(a, bool) or isinstance(b, bool)
    ):
        return bool(a == b) is isinstance(op, ast.Is)
    return bool(function(a, b))


def _identity(m: Machine, op: ast.cmpop, left: Value, right: Value) -> bool | None:
    """A symbol against a constant or another symbol: `kind is dict`, `x is None` for an object, a key of a loop."""
    positive = isinstance(op, ast.Is | ast.Eq)
    if not isinstance(op, ast.Is | ast.IsNot | ast.Eq | ast.NotEq) or (left.anything and not _symbols(left)):
        return None
    for symbol, other in ((left, right), (right, left)):
        for node in _symbols(symbol):
            if other.literals and not other.refs and all(x.value in m.named_keys.get(node, ()) for x in other.literals):
                return not positive
    if left.anything or right.anything or left.origins or right.origins or left.lost or right.lost:
        return None
    code = (BuiltinRef, ClassRef, FunctionRef)
    if len(left.refs) == 1 and len(right.refs) == 1 and not left.literals and not right.literals:
        a, b = left.refs[0], right.refs[0]
        if isinstance(a, code) and isinstance(b, code):
            return (a == b) is positive
        return None
    for one, two in ((left, right), (right, left)):
        if one.refs and not one.literals and two.only is not None and not two.refs:
            return not positive if two.only.value is None or isinstance(two.only.value, bool) else None
    return None


def _symbols(value: Value) -> list[Any]:
    return [r.node for r in value.refs if isinstance(r, SymKey)]


def _membership(m: Machine, op: ast.In | ast.NotIn, left: Value, right: Value) -> Value:
    positive = isinstance(op, ast.In)
    objects = m.objects(right)
    values: list[Any] = []
    closed = bool(objects) and len(objects) == len(right.refs) and not right.anything
    for oid, obj in objects:
        if obj.base is not None:
            closed = False
            if left.anything and not _symbols(left):
                return derived([left, right, Value({obj.base.key: frozenset()})], COMPARED)
            origins = {obj.base.child(x.value).key: frozenset({PRESENCE}) for x in left.literals if _usable(x.value)}
            if obj.base in _symbols(left):
                return literal(positive)
            if all(not obj.below(x.value) and x.value not in obj.fields for x in left.literals) and left.literals:
                return literal(not positive)
            m.presences += [(oid, x.value, positive) for x in left.literals]
            if origins:
                m.tests.append(Test(frozenset(origins), "required", ()))
                return Value(origins, anything=True)
        if obj.kind in SEQUENCES:
            values += [x.value for v in obj.fields.values() for x in v.literals]
            closed = closed and obj.rest is None and all(v.known for v in obj.fields.values())
        else:
            values += list(obj.fields)
            closed = closed and obj.rest is None and not any(v.absent for v in obj.fields.values())
    if left.origins:
        m.tests.append(Test(frozenset(left.origins), "enum", tuple(values)))
        return derived([left, right], COMPARED)
    if right.literals and not objects and left.literals and not left.anything:
        answers = {_contains(b.value, a.value) for a in left.literals for b in right.literals}
        if len(answers) == 1 and None not in answers:
            return literal(answers.pop() is positive)
    if closed and left.literals and not left.anything and not left.refs:
        answers = {a.value in values for a in left.literals}
        if len(answers) == 1:
            return literal(answers.pop() is positive)
    for node in _symbols(left):
        if closed and all(v in m.named_keys.get(node, ()) for v in values):
            return literal(not positive)
    return derived([left, right], COMPARED)


def _usable(value: Any) -> bool:
    return isinstance(value, str | int)


def _contains(text: Any, part: Any) -> bool | None:
    try:
        return part in text
    except TypeError:
        return None


_SIGNS: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", ">"), ast.LtE: ("<=", ">="), ast.Gt: (">", "<"), ast.GtE: (">=", "<="),
}  # fmt: skip


def _note(m: Machine, op: ast.cmpop, left: Value, right: Value, keys: frozenset[Key]) -> None:
    """Remembers a comparison for its condition; the values of a range are pairs ("<=", bound) as seen from the key."""
    if not keys:
        return
    constants: tuple[Any, ...] = tuple(x.value for v in (left, right) if not v.origins for x in v.literals)
    signs = _SIGNS.get(type(op))
    if signs is not None:
        sign = signs[0] if left.origins else signs[1]
        constants = tuple((sign, c) for c in constants)
    if isinstance(op, ast.Is | ast.IsNot):
        kind = "required"
    elif isinstance(op, ast.Eq | ast.NotEq):
        kind = "enum" if constants else "relation"
    else:
        kind = "range" if constants else "relation"
    m.tests.append(Test(keys, kind, constants))


__all__ = ["BOTTOM", "Test", "binary", "boolean", "comparison", "truth", "unary"]
