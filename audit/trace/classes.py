"""Classes of the code: definition, instances, declared fields (dataclass, NamedTuple, pydantic), enums, super()."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from . import access, events
from .calls import Arguments
from .code import ClassInfo, ClassRef, FieldInfo, FunctionRef
from .heap import Obj
from .machine import Frame
from .objects import class_attribute, decorator_names
from .source import unparse
from .values import (
    BOTTOM,
    UNKNOWN,
    BoundRef,
    ExtRef,
    Key,
    Literal,
    MakerRef,
    ObjRef,
    Value,
    join,
    literal,
    ref,
)

if TYPE_CHECKING:
    from .machine import Machine

_ENUMS = frozenset({"Enum", "IntEnum", "StrEnum", "Flag", "ExplicitEnum"})
_PYDANTIC = frozenset({"BaseModel", "BaseSettings", "DictModel"})
_RUN = re.compile(r"\.\w*(Trainer|Callback|Module|Dataset|Collator|Loss|Optimizer|Sampler)$")


def define(m: Machine, node: ast.ClassDef, frame: Frame) -> Value:
    """Evaluates a class statement."""
    info = ClassInfo(node, frame.module, frame.scope)
    info.bases = [m.eval(b, frame) for b in node.bases]
    info.decorated = decorator_names(node.decorator_list)
    info.attributes = m.new_scope(frame.scope)
    body = Frame(frame.module, info.attributes, node.name, frame.function)
    body.cls = info
    m.frames.append(body)
    try:
        m.block(node.body, body)
    finally:
        m.frames.pop()
    for inner in m.state.get(info.attributes).fields.values():
        for target in inner.refs:
            if isinstance(target, FunctionRef) and target.function.owner is info:
                target.function.scope = frame.scope
    return ref(ClassRef(info))


def base_names(info: ClassInfo) -> frozenset[str]:
    return frozenset(b.rpartition(".")[2] for b in info.external_bases())


def is_dataclass(info: ClassInfo) -> bool:
    return any("dataclass" in c.decorated or "attr.s" in c.decorated or "define" in c.decorated for c in info.linear())


def is_model(info: ClassInfo) -> bool:
    """A pydantic model."""
    return bool(base_names(info) & _PYDANTIC) or any(
        "pydantic.dataclasses" in d for c in info.linear() for d in c.decorated
    )


def is_named_tuple(info: ClassInfo) -> bool:
    return "NamedTuple" in base_names(info)


def is_enum(info: ClassInfo) -> bool:
    return bool(base_names(info) & _ENUMS)


def declared_fields(m: Machine, info: ClassInfo) -> list[FieldInfo]:
    """The fields of a dataclass, NamedTuple or pydantic model, bases first."""
    found: dict[str, FieldInfo] = {}
    for owner in reversed(info.linear()):
        for node in owner.node.body:
            if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name):
                continue
            text = unparse(node.annotation)
            if text.startswith(("ClassVar", "typing.ClassVar")) or node.target.id == "model_config":
                continue
            found[node.target.id] = _field(m, owner, node)
    return list(found.values())


def _field(m: Machine, owner: ClassInfo, node: ast.AnnAssign) -> FieldInfo:
    assert isinstance(node.target, ast.Name)
    name = node.target.id
    options: dict[str, Value] = {}
    default: Value | None = None
    maker = node.value
    frame = Frame(owner.module, owner.scope, owner.name)
    m.frames.append(frame)
    m.quiet += 1
    try:
        annotated = _annotated_field(node.annotation)
        if annotated is not None:
            options.update({k.arg: m.eval(k.value, frame) for k in annotated.keywords if k.arg})
        if isinstance(maker, ast.Call) and _callee(maker) in ("field", "Field", "attr.ib", "ib", "HfArg"):
            options.update({k.arg: m.eval(k.value, frame) for k in maker.keywords if k.arg})
            if maker.args:
                options["default"] = m.eval(maker.args[0], frame)
            default = _given(m, options, maker, frame)
        elif maker is not None:
            default = m.eval(maker, frame)
    finally:
        m.quiet -= 1
        m.frames.pop()
    alias = options.get("alias") or options.get("validation_alias")
    only = alias.only if alias is not None else None
    init = options.get("init")
    is_init = init is None or init.only is None or init.only.value is not False
    return FieldInfo(
        name,
        node,
        node.annotation,
        default,
        default is None,
        str(only.value) if only is not None else None,
        is_init,
        options,
        owner,
    )


def _given(m: Machine, options: dict[str, Value], maker: ast.Call, frame: Frame) -> Value | None:
    default = options.get("default")
    if default is not None:
        only = default.only
        return None if only is not None and only.value is ... else default
    factory = options.get("default_factory")
    if factory is not None:
        return m.call(factory, Arguments([]), maker, frame)
    return None


def _callee(node: ast.Call) -> str:
    return unparse(node.func).rpartition(".")[2]


def _annotated_field(annotation: ast.expr) -> ast.Call | None:
    """`Annotated[int, Field(ge=0)]`."""
    if isinstance(annotation, ast.Subscript) and unparse(annotation.value).endswith("Annotated"):
        for part in ast.walk(annotation.slice):
            if isinstance(part, ast.Call) and _callee(part) in ("Field", "Option", "Argument", "Parameter"):
                return part
    return None


def instantiate(m: Machine, info: ClassInfo, args: Arguments, node: ast.AST) -> Value:
    """`Class(…)`."""
    from . import sinks
    from .ways_in import pydantic

    if is_enum(info):
        return _enum_value(m, info, args)
    obj = Obj("object", cls=info, site=m.site(node))
    value = m.new(obj)
    outside = [b for b in info.external_bases() if sinks.sink_name(b) is not None]
    init = class_attribute(m, info, "__init__", value, node)
    if any("__new__" in m.state.get(c.attributes).fields for c in info.linear() if not c.module.library):
        m.gate(node, f"{info.name} makes its instances by __new__")
    if is_model(info):
        pydantic.fill(m, info, value, args, node)
    elif init is not None:
        m.call(init, args, node, m.frame)
        _run_by_library(m, info, value, node)
    elif is_dataclass(info) or is_named_tuple(info):
        fill_fields(m, info, value, args, node)
    elif base_names(info) & {
        "dict",
        "Dict",
        "UserDict",
        "DictDefault",
        "SimpleNamespace",
        "Namespace",
        "DotDict",
        "Munch",
    }:
        from .builtins.dicts import update

        oid = value.objects()[0]
        update(m, m.state.get(oid), ObjRef(oid), args, node)
    for base in outside:
        if init is None:
            own = own_fields(m, info, base)
            sinks.record(m, base, args, node, skip=own)
            _open_fields(m, value, args)
    return value


def _run_by_library(m: Machine, info: ClassInfo, made: Value, node: ast.AST) -> None:
    """A trainer, callback or module of the code: the library calls its methods, which may use whatever it holds."""
    if any(_RUN.search(base) for base in info.external_bases()):
        what = f"held by {info.name}, whose methods the library calls"
        m.use(m.content(made), events.CALL, what, node)
        m.escape(made, what, node)


def own_fields(m: Machine, info: ClassInfo, base: str) -> set[str]:
    """Fields that a class adds to those of the library class `base`; one with only another default is none."""
    from .layers import layer
    from .sinks import sink_name

    known = layer(m, sink_name(base) or base)
    inherited = set(known.parameters) if known is not None else set()
    return {f.name for f in declared_fields(m, info)} - inherited


def _open_fields(m: Machine, value: Value, args: Arguments) -> None:
    """An instance of a class that derives from a library class also holds the fields of that class."""
    obj = m.state.edit(value.objects()[0])
    for name, given in args.keywords.items():
        obj.fields.setdefault(name, given)
    for spread in args.opens:
        obj.base, obj.excluded, obj.tags = spread.node, spread.excluded, spread.tags


def fill_fields(m: Machine, info: ClassInfo, value: Value, args: Arguments, node: ast.AST) -> None:
    """The generated __init__ of a dataclass or NamedTuple, then __post_init__."""
    oid = value.objects()[0]
    position = 0
    for field in declared_fields(m, info):
        if not field.init:
            given: Value | None = None
        elif position < len(args.positional):
            given, position = args.positional[position], position + 1
        else:
            given = argument(m, args, field.name, field.default, node, info.name)
        if given is None:
            given = _own_default(m, field) if field.init and field.default is not None else field.default or UNKNOWN
        else:
            m.constants.pop(Key("field", (field.name,)), None)
        m.state.edit(oid).fields[field.name] = given
    post = class_attribute(m, info, "__post_init__", value, node)
    if post is not None:
        m.call(post, Arguments([]), node, m.frame)


def _own_default(m: Machine, field: FieldInfo) -> Value:
    """A default that nobody gave another value for: the field itself is the key."""
    assert field.default is not None
    value = field.default
    if field.owner.module.library or not value.literals or value.origins or value.refs or value.anything:
        return value
    return m.constant(Key("field", (field.name,)), value, field.owner.name, field.owner.module.site(field.node))


def argument(m: Machine, args: Arguments, name: str, default: Value | None, node: ast.AST, layer: str) -> Value | None:
    """A keyword argument by name: given, or out of what was spread with `**`, joined with the default it may leave."""
    given = args.keywords.get(name)
    if given is not None and not given.absent:
        return given
    out = given.present() if given is not None else BOTTOM
    for spread in args.opens:
        if name in spread.excluded:
            continue
        probe = Obj("config", base=spread.node)
        access.read_below(m, probe, Literal(name), node, guarded=default is not None)
        below = probe.below(name) or UNKNOWN
        out = join(out, below.tagged(*spread.tags) if spread.tags else below)
        if default is not None:
            for key in below.origins:
                access.record_default(m, key, default, node, layer)
    if args.unknown is not None and given is None:
        out = join(out, args.unknown)
    if out is BOTTOM:
        return None
    return join(out, default) if default is not None and not default.refs else out


def super_of(m: Machine, frame: Frame) -> Value:
    """`super()`: an owner whose attributes are looked up after the class that the method stands in."""
    owner = frame.function.owner if frame.function is not None else None
    names = frame.function.parameters if frame.function is not None else []
    receiver = m.lookup(names[0], frame.scope) if names else None
    if owner is None or receiver is None:
        return UNKNOWN
    proxy = Obj("super", cls=owner)
    proxy.fields = {"self": receiver}
    return m.new(proxy)


def super_attribute(m: Machine, obj: Obj, name: str, node: ast.AST) -> Value:
    receiver = obj.fields["self"]
    actual = [o.cls for _, o in m.objects(receiver) if o.cls is not None] or [obj.cls]
    line = actual[0].linear()
    after = line[line.index(obj.cls) + 1 :] if obj.cls in line else obj.cls.linear()[1:]
    for info in after:
        found = m.state.get(info.attributes).fields.get(name)
        if found is not None:
            out = BOTTOM
            for target in found.refs:
                out = join(out, ref(BoundRef(target, receiver)) if isinstance(target, FunctionRef) else ref(target))
            return join(out, found.of(refs=()))
    if name == "__init__" and any(is_dataclass(c) or is_model(c) for c in after):
        return ref(MakerRef("fields_init", receiver))
    bases = [b for c in [obj.cls] for b in c.external_bases() if "." in b]
    if bases:
        return Value(refs=tuple(ExtRef(f"{b}.{name}") for b in bases[:1]), anything=True)
    return ref(MakerRef("ignore", None))


def _enum_value(m: Machine, info: ClassInfo, args: Arguments) -> Value:
    given = args.get(0) or UNKNOWN
    if given.only is not None and not given.origins:
        for member in enum_members(m, info):
            held = m.get_attr(member, "value", info.node)
            if held.only is not None and held.only.value == given.only.value:
                return member
    out = BOTTOM
    for member in enum_members(m, info):
        out = join(out, member)
    values = [x.value for v in enum_members(m, info) for x in m.get_attr(v, "value", info.node).literals]
    for key in given.origins:
        if not key.wild and key.path:
            m.observe(events.Check(key, info.module.site(info.node), "enum", "raises", info.name, tuple(values)))
    return Value({k: t | {"cast"} for k, t in given.origins.items()}, anything=True) if given.origins else out


def enum_member(m: Machine, info: ClassInfo, name: str, held: Value) -> Value | None:
    """`Enum.NAME`: one object for each member, with `name` and `value`."""
    if not is_enum(info) or name.startswith("_") or any(isinstance(r, FunctionRef) for r in held.refs):
        return None
    oid = ("enum", id(info), name)
    obj = m.state.get(oid)
    if "value" not in obj.fields:
        obj = m.state.edit(oid)
        obj.cls = info
        obj.fields = {"value": held, "name": literal(name)}
    return ref(ObjRef(oid))


def enum_members(m: Machine, info: ClassInfo) -> list[Value]:
    if not is_enum(info):
        return []
    found = []
    for name, held in list(m.state.get(info.attributes).fields.items()):
        member = enum_member(m, info, str(name), held) if isinstance(name, str) else None
        if member is not None:
            found.append(member)
    return found
