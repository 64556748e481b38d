"""Builtin functions and types."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .. import access, events
from ..calls import Arguments, callbacks, opaque
from ..code import ClassRef
from ..heap import SEQUENCES, Obj
from ..objects import is_empty_record, lacks
from ..operators import Test, truth
from ..values import (
    ARITH,
    BOTTOM,
    CAST,
    PRESENCE,
    TEXT,
    TYPED,
    UNKNOWN,
    BuiltinRef,
    ExtRef,
    Literal,
    ObjRef,
    Value,
    derived,
    join,
    literal,
    ref,
)
from .dicts import copied, from_keys
from .sequences import rebuilt

if TYPE_CHECKING:
    from ..machine import Frame, Machine

_GATES = frozenset({"eval", "exec", "locals", "globals", "compile", "__import__"})
_CASTS = frozenset({"int", "float", "str", "bool", "complex", "bytes"})
_REDUCING = frozenset({"sum", "min", "max", "abs", "round", "divmod", "pow", "any", "all", "hash", "ord", "chr", "hex"})
_TYPES: dict[str, tuple[type, ...]] = {
    "int": (int,), "float": (float,), "str": (str,), "bool": (bool,), "bytes": (bytes,), "complex": (complex,),
}  # fmt: skip
_KINDS = {"dict": ("dict",), "list": ("list",), "tuple": ("tuple",), "set": ("set",), "frozenset": ("set",)}


def call_builtin(m: Machine, name: str, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    if name in _GATES:
        return _gated(m, name, args, node)
    if name in _CASTS:
        return _cast(m, name, args, node)
    if "key" in args.keywords:  # sorted, min, max
        callbacks(m, Arguments([args.keywords["key"]]), node)
    model = _MODELS.get(name)
    if model is not None:
        return model(m, args, node, frame)
    if name == "dict.fromkeys":
        return from_keys(m, args, node)
    if name in _REDUCING:
        return _reduce(m, name, args)
    if name.startswith(("str.", "dict.", "list.", "object.")):
        return _unbound(m, name, args, node, frame)
    if isinstance(getattr(builtins, name.partition(".")[0], None), type) and name.endswith(
        ("Error", "Exception", "Warning")
    ):
        return UNKNOWN
    return opaque(m, BOTTOM, args, node, name)


def _gated(m: Machine, name: str, args: Arguments, node: ast.AST) -> Value:
    if not m.in_library:
        m.gate(node, f"{name}() is not followed")
    for value in args.all():
        m.escape(value, f"handed to {name}()", node)
    return UNKNOWN


def _unbound(m: Machine, name: str, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    from .methods import call_method

    if not args.positional:
        return UNKNOWN
    rest = Arguments(args.positional[1:], args.keywords)
    return call_method(m, args.positional[0], name.partition(".")[2], rest, node, frame)


def _cast(m: Machine, name: str, args: Arguments, node: ast.AST) -> Value:
    value = args.get(0)
    if value is None:
        return literal({"int": 0, "float": 0.0, "str": "", "bool": False}.get(name))
    if name in ("int", "float"):
        for key, tags in value.origins.items():
            if not key.wild and key.path and tags <= {"attribute"}:
                m.observe(events.Cast(key, m.site(node), name, any(key in g.asked for g in m.guards)))
    made: list[Literal] = []
    for item in value.literals:
        try:
            made.append(Literal(getattr(builtins, name)(item.value), item.site))
        except (TypeError, ValueError):
            continue
    inner = m.content(value) if name == "str" else value
    out = derived([inner], CAST if name != "str" else TEXT if value.refs and not value.nodes() else CAST)
    open_ended = value.anything or bool(value.refs)
    return Value(out.origins, tuple(made), anything=open_ended or not made, lost=out.lost)


def _reduce(m: Machine, name: str, args: Arguments) -> Value:
    known = [a.only for a in args.positional]
    origins = derived([m.content(a) for a in args.all()], ARITH)
    if name in ("any", "all") and len(args.positional) == 1:
        items, others = access.elements(m, args.positional[0])
        answers = [truth(m, item) for item in items]
        if (name == "any") in answers:
            return literal(name == "any")
        if others is None and None not in answers:
            return literal(name == "all")
    if not args.keywords and known and all(k is not None for k in known) and name in ("abs", "round", "min", "max"):
        try:
            value = getattr(builtins, name)(*[k.value for k in known if k is not None])
        except (TypeError, ValueError):
            return origins
        return Value(origins.origins, (Literal(value, known[0].site if known[0] is not None else None),))
    return origins


def _isinstance(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    value, kinds = args.get(0) or UNKNOWN, args.get(1) or UNKNOWN
    shaped = _shaped(m, value, kinds)
    if shaped is not None:
        return literal(shaped)
    if value.origins:
        m.tests.append(Test(frozenset(value.origins), "type", ()))
        return derived([value], TYPED)
    wanted = list(kinds.refs)
    for _, obj in m.objects(kinds):
        wanted += [r for v in obj.fields.values() for r in v.refs]
    answers = {_is_kind(m, held, wanted) for held in (*value.literals, *value.refs)}
    if value.anything or not answers or None in answers or len(answers) > 1:
        return Value(literals=(Literal(True), Literal(False)))
    return literal(answers.pop())


def _shaped(m: Machine, value: Value, kinds: Value) -> bool | None:
    """A node of a given config: whether it is a mapping or a list is known."""
    nodes = value.nodes()
    names = {
        r.name if isinstance(r, BuiltinRef) else r.path.rpartition(".")[2]
        for r in kinds.refs
        if isinstance(r, BuiltinRef | ExtRef)
    }
    if len(nodes) != 1 or len(value.refs) != 1 or not names or value.literals:
        return None
    shape = m.shape(nodes[0])
    if shape is None or shape.kind == "unknown":
        return None
    wanted = {"dict": "dict", "Mapping": "dict", "DictConfig": "dict", "list": "list", "ListConfig": "list"}
    if not names <= set(wanted):
        return False if shape.kind != "leaf" and names <= {"str", "int", "float", "bool"} else None
    return shape.kind in {wanted[n] for n in names}


def _is_kind(m: Machine, held: Any, wanted: list[Any]) -> bool | None:
    names = [w.name for w in wanted if isinstance(w, BuiltinRef)]
    outside = len(names) != len([w for w in wanted if not isinstance(w, ObjRef)])
    if isinstance(held, Literal):
        kinds = tuple(t for n in names for t in _TYPES.get(n, ()))
        if isinstance(held.value, kinds):
            return True
        return None if outside and held.value is not None else False
    if isinstance(held, ObjRef):
        obj = m.state.get(held.oid)
        if obj.kind == "config":
            return None
        if any(obj.kind in _KINDS.get(n, ()) for n in names):
            return True
        if obj.cls is not None:
            classes = [w.info for w in wanted if isinstance(w, ClassRef)]
            if any(c in obj.cls.linear() for c in classes):
                return True
            return None if obj.cls.external_bases() or any(isinstance(w, ExtRef) for w in wanted) else False
        if obj.kind == "namespace" or outside:
            return None
        return False
    return None


def _getattr(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    owner, name, default = args.get(0) or UNKNOWN, args.get(1) or UNKNOWN, args.get(2)
    out = BOTTOM
    for part in name.literals:
        if not isinstance(part.value, str):
            continue
        found = access.get_attr(m, owner, part.value, node, guarded=default is not None)
        out = join(out, found)
        if default is not None and found.nodes() and is_empty_record(m, default):
            return out
        if default is not None:
            for key in found.straight():
                access.record_default(m, key, default, node, f"{m.frame.name} getattr")
    if name.anything or not name.literals:
        out = join(out, access.get_item(m, owner, name, node))
    if default is not None:
        out = join(out, default)
    return out if out is not BOTTOM else UNKNOWN


def _setattr(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    owner, name, value = args.get(0) or UNKNOWN, args.get(1) or UNKNOWN, args.get(2) or UNKNOWN
    if name.only is not None and isinstance(name.only.value, str):
        access.set_attr(m, owner, name.only.value, value, node)
        return literal(None)
    if not m.objects(owner):
        m.gate(node, "setattr with a name that is not known")
        m.escape(value, "stored under a name that is not known", node)
    access.set_item(m, owner, name, value, node)
    return literal(None)


def _hasattr(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    owner, name = args.get(0) or UNKNOWN, args.get(1) or UNKNOWN
    only = name.only
    objects = m.objects(owner)
    if only is not None and len(objects) == 1 and len(owner.refs) == 1:
        oid, obj = objects[0]
        if isinstance(only.value, str) and lacks(m, oid, obj, only.value):
            return literal(False)
        if obj.base is not None and isinstance(only.value, str) and only.value not in obj.excluded:
            key = obj.base.child(only.value).key
            m.tests.append(Test(frozenset({key}), "required", ()))
            return Value({key: frozenset({PRESENCE})}, anything=True)
        if obj.base is None and obj.rest is None and only.value in obj.fields and not obj.fields[only.value].absent:
            return literal(True)
        if obj.cls is not None and obj.base is None and obj.rest is None and not obj.cls.external_bases():
            known = any(only.value in m.state.get(c.attributes).fields for c in obj.cls.linear())
            return literal(known or only.value in obj.fields)
    return Value(literals=(Literal(True), Literal(False)))


def _vars(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    value = args.get(0)
    if value is None:
        return _gated(m, "vars", args, node)
    return value if value.refs else UNKNOWN


def _dict(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    value = args.get(0)
    out = copied(m, value) if value is not None else m.new(Obj("dict"))
    oid = out.objects()[0]
    m.state.edit(oid).site = m.site(node)
    extra = Arguments([], args.keywords)
    extra.opens, extra.unknown, extra.nodes = args.opens, args.unknown, args.nodes
    from .dicts import update

    update(m, m.state.get(oid), ObjRef(oid), extra, node)
    sites = {k: m.site(n) for k, n in args.nodes.items() if isinstance(k, str)}
    m.state.edit(oid).extra = {**(m.state.get(oid).extra or {}), **sites}
    return out


def _sequence(kind: str) -> Callable[[Machine, Arguments, ast.AST, Frame], Value]:
    def build(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
        value = args.get(0)
        return rebuilt(m, kind, value) if value is not None else m.new(Obj(kind))

    return build


def _range(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    known = [a.only for a in args.positional]
    if known and all(k is not None and isinstance(k.value, int) for k in known):
        numbers = range(*[k.value for k in known if k is not None])
        if len(numbers) <= 64:
            return m.sequence("list", [literal(n) for n in numbers])
    m.use(derived(args.positional), events.CONTROL, "counts the rounds of a loop", node)
    out = Obj("list")
    out.rest, out.size = derived(args.positional, ARITH), None
    return m.new(out)


def _zip(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    columns = [access.elements(m, a) for a in args.positional]
    if columns and all(others is None for _, others in columns):
        rows = zip(*(known for known, _ in columns), strict=False)
        return m.sequence("list", [m.sequence("tuple", row) for row in rows])
    out = Obj("list")
    cells = []
    for known, others in columns:
        cell = others or BOTTOM
        for item in known:
            cell = join(cell, item)
        cells.append(cell)
    out.rest, out.size = m.sequence("tuple", cells), None
    return m.new(out)


def _enumerate(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    known, others = access.elements(m, args.get(0) or UNKNOWN)
    out = m.sequence("list", [m.sequence("tuple", [literal(i), v]) for i, v in enumerate(known)])
    if others is not None:
        obj = m.state.edit(out.objects()[0])
        obj.rest, obj.size = m.sequence("tuple", [UNKNOWN, others]), None
    return out


def _map(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    function = args.get(0) or UNKNOWN
    known, others = access.elements(m, args.get(1) or UNKNOWN)
    made = [m.call(function, Arguments([item]), node, frame) for item in known]
    out = m.sequence("list", made)
    if others is not None:
        rest = m.call(function, Arguments([others]), node, frame)
        obj = m.state.edit(out.objects()[0])
        obj.rest, obj.size = rest, None
    return out


def _filter(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    function, source = args.get(0) or UNKNOWN, args.get(1) or UNKNOWN
    known, others = access.elements(m, source)
    out = Obj("list")
    for item in known:
        test = m.call(function, Arguments([item]), node, frame) if function.refs else item
        if truth(m, test) is False:
            continue
        out.fields[len(out.fields)] = item if truth(m, test) else item.of(absent=True)
    out.size = len(out.fields)
    if others is not None:
        out.rest, out.size = others, None
    return m.new(out)


def _len(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    value = args.get(0) or UNKNOWN
    objects = m.objects(value)
    if len(objects) == 1 and len(value.refs) == 1 and objects[0][1].kind in SEQUENCES:
        obj = objects[0][1]
        if obj.size is not None and obj.rest is None and not any(v.absent for v in obj.fields.values()):
            return literal(obj.size)
    return derived([value], ARITH)


def _next(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    known, others = access.elements(m, args.get(0) or UNKNOWN)
    out = known[0] if known else BOTTOM
    for value in (*known[1:], *([others] if others is not None else []), *args.positional[1:]):
        out = join(out, value)
    return out.present() if out is not BOTTOM else UNKNOWN


def _print(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    for value in args.all():
        m.use(m.content(value), events.LOGGING, "printed", node)
    return literal(None)


def _open(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    value = args.get(0) or UNKNOWN
    m.use(value, events.PATH, "file that is opened", node)
    out = derived([value], "opened")
    return Value(out.origins, value.literals, (ExtRef("io.open", True),), True)


def _type(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    value = args.get(0) or UNKNOWN
    if len(args.positional) == 3:
        m.gate(node, "a class made by type()")
        return UNKNOWN
    classes = tuple(ref(ClassRef(o.cls)).refs[0] for _, o in m.objects(value) if o.cls is not None)
    return Value(derived([value], TYPED).origins, refs=classes, anything=not classes)


def _super(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    """The rest of the class line for the first argument of the method."""
    from ..classes import super_of

    return super_of(m, frame)


def _nothing(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    return UNKNOWN


def _input(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    callbacks(m, args, node)
    return UNKNOWN


_MODELS: dict[str, Callable[[Machine, Arguments, ast.AST, Frame], Value]] = {
    "isinstance": _isinstance, "issubclass": _nothing, "getattr": _getattr, "setattr": _setattr, "hasattr": _hasattr,
    "vars": _vars, "dict": _dict, "list": _sequence("list"), "tuple": _sequence("tuple"), "set": _sequence("set"),
    "frozenset": _sequence("set"), "sorted": _sequence("list"), "reversed": _sequence("list"), "range": _range,
    "zip": _zip, "enumerate": _enumerate, "map": _map, "filter": _filter, "len": _len, "next": _next, "print": _print,
    "open": _open, "type": _type, "super": _super,
    "iter": lambda m, a, n, f: a.get(0) or UNKNOWN, "repr": lambda m, a, n, f: _cast(m, "str", a, n),
    "id": _nothing, "callable": _nothing, "object": _nothing, "input": _input, "delattr": _nothing, "dir": _nothing,
}  # fmt: skip
