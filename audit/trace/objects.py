"""Instances, classes and modules as owners of attributes; plain Python values of constant structures."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from . import events
from .builtins import METHODS
from .code import ClassInfo, ClassRef, FunctionRef
from .heap import SEQUENCES, Obj
from .source import unparse
from .values import (
    BOTTOM,
    UNKNOWN,
    BoundRef,
    BuiltinRef,
    ExtRef,
    ImportedRef,
    Literal,
    MethodRef,
    ModuleRef,
    ObjRef,
    Site,
    Value,
    join,
    literal,
    ref,
)

if TYPE_CHECKING:
    from .machine import Machine


CLOSED = "closed"
"""The `extra` of a namespace that was made by a parser which is fully known."""


class FrozenList(tuple[Any, ...]):
    """A list inside an event record: hashable, shown as a list."""


class FrozenDict(tuple[tuple[Any, Any], ...]):
    """A dict inside an event record: hashable, shown as a dict."""


def frozen(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return FrozenList(frozen(v) for v in value)
    if isinstance(value, set | frozenset):
        return FrozenList(sorted((frozen(v) for v in value), key=repr))
    if isinstance(value, dict):
        return FrozenDict((k, frozen(v)) for k, v in value.items())
    return value


def thawed(value: Any) -> Any:
    if isinstance(value, FrozenList):
        return [thawed(v) for v in value]
    if isinstance(value, FrozenDict):
        return {str(k): thawed(v) for k, v in value}
    return value


def plain(m: Machine, value: Value, depth: int = 0) -> tuple[bool, Any, Site | None]:
    """(known, Python value, where it was written) of a constant or of a container that holds only constants."""
    if value.lost or value.absent or depth > 6:
        return False, None, None
    if len(value.literals) == 1 and not value.refs and not value.anything:
        return True, value.literals[0].value, value.literals[0].site
    objects = m.objects(value)
    if len(objects) != 1 or len(value.refs) != 1 or value.literals or value.anything:
        return False, None, None
    obj = objects[0][1]
    if obj.rest is not None or obj.base is not None or (obj.kind in SEQUENCES and obj.size is None):
        return False, None, None
    parts = {k: plain(m, v, depth + 1) for k, v in obj.fields.items()}
    if obj.kind not in ("list", "tuple", "set", "dict") or not all(known for known, _, _ in parts.values()):
        return False, None, None
    if obj.kind == "dict":
        return True, {k: v for k, (_, v, _) in parts.items()}, obj.site
    return True, [parts[i][1] for i in sorted(parts)], obj.site


def as_sequence(m: Machine, obj: Obj) -> Obj:
    """A NamedTuple as the tuple that it is; any other object as it stands."""
    if obj.cls is None:
        return obj
    from .classes import declared_fields, is_named_tuple

    if not is_named_tuple(obj.cls):
        return obj
    out = Obj("tuple", site=obj.site)
    held = [obj.fields.get(field.name, UNKNOWN) for field in declared_fields(m, obj.cls)]
    out.fields, out.size = dict(enumerate(held)), len(held)
    return out


def is_empty_record(m: Machine, value: Value) -> bool:
    """`{}`: beside a config tree it says nothing, since a tree may lack every key."""
    objects = m.objects(value)
    if len(objects) != 1 or len(value.refs) != 1 or value.literals or value.origins:
        return False
    obj = objects[0][1]
    return obj.kind in ("dict", "namespace") and not obj.fields and obj.rest is None and obj.base is None


def attribute(m: Machine, target: ObjRef, obj: Obj, name: str, node: ast.AST) -> Value:
    """An attribute of an instance or of a builtin container."""
    if obj.kind == "super":
        from .classes import super_attribute

        return super_attribute(m, obj, name, node)
    if obj.kind == "parser":
        return ref(MethodRef(Value(refs=(target,)), name))
    if obj.cls is None:
        return _container_attribute(m, target, obj, name, node)
    receiver = Value(refs=(target,))
    found = obj.fields.get(name)
    if found is not None and not found.absent:
        return found
    result = found.present() if found is not None else BOTTOM
    inherited = class_attribute(m, obj.cls, name, receiver, node)
    if inherited is not None:
        return join(result, inherited)
    if name == "__dict__":
        return receiver
    if name == "__class__":
        return ref(ClassRef(obj.cls))
    if obj.base is not None:
        from .access import read_below

        below = obj.below(name)
        if below is not None:
            read_below(m, obj, Literal(name), node)
            return join(result, below)
    return join(result, _from_outside(m, obj.cls, obj, target, name, node))


def _container_attribute(m: Machine, target: ObjRef, obj: Obj, name: str, node: ast.AST) -> Value:
    if name in METHODS and obj.kind in ("dict", "list", "tuple", "set", "object"):
        return ref(MethodRef(Value(refs=(target,)), name))
    found = obj.field(name)
    if name == "__dict__":
        return Value(refs=(target,))
    if found is None:
        return (
            UNKNOWN if obj.kind == "namespace" and name not in METHODS else ref(MethodRef(Value(refs=(target,)), name))
        )
    return found.present()


def lacks(m: Machine, oid: Any, obj: Obj, name: str) -> bool:
    """Whether a namespace certainly has no attribute of that name: its parser is known, and nobody else had it."""
    closed = obj.extra == CLOSED and obj.rest is None and obj.base is None and oid not in m.opened
    return closed and name not in obj.fields and name not in METHODS and not name.startswith("_")


def _from_outside(m: Machine, cls: ClassInfo, obj: Obj, target: ObjRef, name: str, node: ast.AST) -> Value:
    """An attribute that no class of the project defines: it comes from a library base or from __getattr__."""
    receiver = Value(refs=(target,))
    hook = class_attribute(m, cls, "__getattr__", receiver, node)
    if hook is not None:
        from .calls import Arguments

        return m.call(hook, Arguments([literal(name, m.site(node))]), node, m.frame)
    bases = cls.external_bases()
    if any(
        b.rpartition(".")[2] in ("dict", "UserDict", "DictDefault", "Dict", "SimpleNamespace", "Namespace")
        for b in bases
    ):
        found = obj.field(name)
        return found.present() if found is not None else ref(MethodRef(receiver, name))
    if obj.rest is not None:
        return join(obj.rest, UNKNOWN)
    outside = [b for b in bases if b not in ("object", "ABC", "abc.ABC", "Generic", "typing.Generic", "Protocol")]
    refs: list[Any] = [ExtRef(f"{b}.{name}") for b in outside]
    if name in METHODS or outside:
        refs.append(MethodRef(receiver, name))
    return Value(refs=tuple(refs), anything=True)


def class_attribute(m: Machine, cls: ClassInfo, name: str, receiver: Value | None, node: ast.AST) -> Value | None:
    """What the class or its known bases define under `name`, bound to `receiver`; properties are evaluated."""
    for info in cls.linear():
        found = m.state.get(info.attributes).fields.get(name)
        if found is not None:
            return _bound(m, found, receiver, cls, node)
    return None


def _bound(m: Machine, found: Value, receiver: Value | None, cls: ClassInfo, node: ast.AST) -> Value:
    from .calls import Arguments

    out = BOTTOM
    for target in found.refs:
        if not isinstance(target, FunctionRef):
            out = join(out, Value(refs=(target,)))
            continue
        marks = decorator_names(target.function.decorators)
        if "staticmethod" in marks:
            out = join(out, ref(target))
        elif "classmethod" in marks:
            out = join(out, ref(BoundRef(target, ref(ClassRef(cls)))))
        elif receiver is None:
            out = join(out, ref(target))
        elif marks & {"property", "cached_property", "functools.cached_property", "computed_field", "hybrid_property"}:
            out = join(out, m.call(ref(BoundRef(target, receiver)), Arguments([]), node, m.frame))
        else:
            out = join(out, ref(BoundRef(target, receiver)))
    return join(out, found.of(refs=()))


def special_method(m: Machine, target: ObjRef, obj: Obj, name: str, node: ast.AST) -> Value | None:
    """`__getitem__` and its kin where a class of the code defines them."""
    return class_attribute(m, obj.cls, name, Value(refs=(target,)), node) if obj.cls is not None else None


def invoke(m: Machine, method: Value, given: list[Value], node: ast.AST) -> Value:
    from .calls import Arguments

    return m.call(method, Arguments(given), node, m.frame)


def decorator_names(decorators: list[ast.expr]) -> frozenset[str]:
    names = set()
    for item in decorators:
        call = item.func if isinstance(item, ast.Call) else item
        text = unparse(call)
        names |= {text, text.rpartition(".")[2]}
    return frozenset(names)


def module_attribute(m: Machine, module_name: str, name: str, node: ast.AST) -> Value:
    """`name` in a module whose source is at hand; loads the module on first use."""
    from .modules import load

    scope = load(m, module_name)
    if scope is not None:
        found = m.state.get(scope).fields.get(name)
        if found is not None:
            return resolve(m, found, node)
    if m.project.module(f"{module_name}.{name}") is not None or m.project.exists(f"{module_name}.{name}"):
        return ref(ModuleRef(f"{module_name}.{name}"))
    if scope is not None and "__getattr__" in m.state.get(scope).fields:
        return UNKNOWN
    return UNKNOWN


def resolve(m: Machine, value: Value, node: ast.AST, depth: int = 0) -> Value:
    """Follows imported names to what they stand for."""
    for target in value.refs:
        if isinstance(target, ImportedRef) and depth <= 12:
            break
    else:
        return value
    out = value.of(refs=tuple(r for r in value.refs if not isinstance(r, ImportedRef)))
    for target in value.refs:
        if isinstance(target, ImportedRef):
            out = join(out, module_attribute(m, target.module, target.name, node))
    return out


def code_attribute(m: Machine, target: Any, name: str, node: ast.AST) -> Value:
    """An attribute of a class, a function or a bound method."""
    if isinstance(target, ClassRef):
        found = class_attribute(m, target.info, name, None, node)
        if found is not None:
            from .classes import enum_member

            return enum_member(m, target.info, name, found) or found
        if name in ("__name__", "__qualname__"):
            return literal(target.info.name)
        bases = [b for b in target.info.external_bases() if "." in b]
        if bases:
            return Value(refs=(*(ExtRef(f"{b}.{name}") for b in bases), MethodRef(ref(target), name)), anything=True)
        return ref(MethodRef(ref(target), name))
    if isinstance(target, FunctionRef) and name in ("__name__", "__qualname__"):
        return literal(target.function.name)
    return ref(MethodRef(ref(target), name)).of(anything=True)


def set_code_attribute(m: Machine, target: Any, name: str, value: Value, node: ast.AST) -> None:
    if isinstance(target, ClassRef):
        obj = m.state.edit(target.info.attributes)
        obj.fields[name] = join(obj.fields.get(name, BOTTOM), value)
        if any(isinstance(r, FunctionRef) for r in value.refs):
            m.gate(node, f"{target.info.name}.{name} is replaced at run time")
    else:
        m.use(value, events.ATTRIBUTE, f"stored as attribute {name}", node)
        m.escape(value, f"stored as attribute {name} of code", node)


def set_external(m: Machine, target: ExtRef, name: str, value: Value, node: ast.AST) -> None:
    """An attribute of a library object or module."""
    if not target.instance and any(isinstance(r, FunctionRef | ClassRef) for r in value.refs):
        m.gate(node, f"{target.path}.{name} is replaced at run time")
    from . import sinks
    from .calls import Arguments

    known = sinks.sink_name(target.path)
    if target.instance and known is not None and known.endswith(("Arguments", "Config")) and not m.in_library:
        given = Arguments([], {name: value})
        sinks.record(m, target.path, given, node, written=True)
        return
    m.use(m.content(value), events.ATTRIBUTE, f"stored in {target.path}.{name}", node)
    m.escape(value, f"stored in {target.path}.{name}", node)


def iterate_code(m: Machine, target: Any) -> tuple[list[Value], Value | None]:
    """Iterating over something that is no container of ours: enum classes give their members."""
    if isinstance(target, ClassRef):
        from .classes import enum_members

        return enum_members(m, target.info), None
    if isinstance(target, BuiltinRef):
        return [], UNKNOWN
    return [], UNKNOWN
