"""pydantic models: filled by keyword, spread or model_validate; constraints and validators are checks."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from .. import access, classes, events
from ..builtins.dicts import merge_into, update
from ..calls import Arguments, spread
from ..code import ClassInfo, ClassRef, FieldInfo, FunctionRef
from ..heap import Obj
from ..objects import class_attribute, decorator_names
from ..source import unparse
from ..values import UNKNOWN, BoundRef, Value, ref
from .files import loaded

if TYPE_CHECKING:
    from ..machine import Machine

_BUILDERS = frozenset(
    "model_validate parse_obj model_validate_json parse_raw model_construct validate parse_file".split()
)
_TEXTS = frozenset({"model_validate_json", "parse_raw", "parse_file"})
_BOUNDS = ("ge", "gt", "le", "lt", "multiple_of", "min_length", "max_length", "pattern", "regex")
_VALIDATORS = frozenset({"field_validator", "validator", "model_validator", "root_validator"})


def fill(m: Machine, info: ClassInfo, value: Value, args: Arguments, node: ast.AST) -> None:
    """`Model(**data)`: each field from its alias or name, nested models by annotation, then the validators."""
    from .dataclass_parsers import build, declare_field, nested_class

    oid = value.objects()[0]
    args = _before_spread(m, info, args, node)
    for field in classes.declared_fields(m, info):
        name = field.alias or field.name
        given = classes.argument(m, args, name, field.default, node, info.name)
        if given is None and name != field.name:
            given = classes.argument(m, args, field.name, field.default, node, info.name)
        if given is not None:
            for key in given.origins:
                if not key.wild and key.path:
                    declare_field(m, key, field, f"pydantic {field.owner.name}")
        held = given if given is not None else field.default if field.default is not None else UNKNOWN
        inner = nested_class(m, field) if m.objects(held) else None
        if inner is not None and held.nodes():
            held = build(m, inner, held, node)
        _constraints(m, field, held, info)
        m.state.edit(oid).fields[field.name] = held
    _extra(m, info, args, oid)
    _validators(m, info, value, node)


def _constraints(m: Machine, field: FieldInfo, held: Value, info: ClassInfo) -> None:
    site = field.owner.module.site(field.node)
    bounds = [v.only.value for n, v in field.options.items() if n in _BOUNDS and v.only is not None]
    for key in held.origins:
        if key.wild or not key.path:
            continue
        if bounds:
            m.observe(events.Check(key, site, "range", "raises", f"pydantic {info.name}", tuple(bounds)))
        kind = unparse(field.annotation)
        if kind not in ("Any", "typing.Any"):
            m.observe(events.Check(key, site, "type", "raises", f"pydantic {info.name}", (kind,)))


def _extra(m: Machine, info: ClassInfo, args: Arguments, oid: Any) -> None:
    """`extra="allow"` keeps what no field names."""
    for owner in info.linear():
        for node in owner.node.body:
            if "extra" in unparse(node) and "allow" in unparse(node):
                obj = m.state.edit(oid)
                for name, given in args.keywords.items():
                    obj.fields.setdefault(name, given)
                for spread in args.opens:
                    obj.base, obj.excluded, obj.tags = spread.node, spread.excluded, spread.tags
                return


def _validators(m: Machine, info: ClassInfo, value: Value, node: ast.AST) -> None:
    oid = value.objects()[0]
    for owner in info.linear():
        for held in list(m.state.get(owner.attributes).fields.values()):
            for target in held.refs:
                if isinstance(target, FunctionRef) and decorator_names(target.function.decorators) & _VALIDATORS:
                    _run(m, info, target, value, oid, node)


def _before(m: Machine, info: ClassInfo, data: Value, node: ast.AST) -> Value:
    """What `mode="before"` validators of the model make of the data."""
    for target in _first_validators(m, info):
        made = m.call(ref(BoundRef(target, ref(ClassRef(info)))), Arguments([data]), node, m.frame)
        data = made if made.refs else data
    return data


def _first_validators(m: Machine, info: ClassInfo) -> list[FunctionRef]:
    held = [value for owner in info.linear() for value in m.state.get(owner.attributes).fields.values()]
    functions = [target for value in held for target in value.refs if isinstance(target, FunctionRef)]
    return [target for target in functions if any(map(_comes_first, target.function.decorators))]


def _before_spread(m: Machine, info: ClassInfo, args: Arguments, node: ast.AST) -> Arguments:
    """`Model(**data)`: the validators that come first get the keywords as a dict of their own."""
    if not _first_validators(m, info):
        return args
    whole = m.new(Obj("dict"))
    update(m, m.state.get(whole.objects()[0]), whole.refs[0], args, node)
    out = Arguments([])
    spread(m, out, _before(m, info, whole, node), node)
    return out


def _comes_first(decorator: ast.expr) -> bool:
    if not isinstance(decorator, ast.Call) or unparse(decorator.func).rpartition(".")[2] != "model_validator":
        return False
    return "'before'" in unparse(decorator)


def _run(m: Machine, info: ClassInfo, target: FunctionRef, value: Value, oid: Any, node: ast.AST) -> None:
    for decorator in target.function.decorators:
        if not isinstance(decorator, ast.Call):
            continue
        kind = unparse(decorator.func).rpartition(".")[2]
        if kind in ("model_validator", "root_validator"):
            if _comes_first(decorator):
                continue
            marks = decorator_names(target.function.decorators)
            receiver = ref(ClassRef(info)) if "classmethod" in marks else value
            extra = [value] if receiver is not value else []
            m.call(ref(BoundRef(target, receiver)), Arguments(extra), node, m.frame)
        elif kind in _VALIDATORS:
            for name in [a.value for a in decorator.args if isinstance(a, ast.Constant)]:
                held = m.state.get(oid).fields.get(name)
                if held is None:
                    continue
                made = m.call(ref(BoundRef(target, ref(ClassRef(info)))), Arguments([held]), node, m.frame)
                if made.origins or made.literals:
                    m.state.edit(oid).fields[str(name)] = made


def method(m: Machine, target: Any, obj: Obj | None, name: str, args: Arguments, node: ast.AST) -> Value | None:
    """`Model.model_validate(data)`, and what models and NamedTuples say of themselves."""
    if isinstance(target, ClassRef) and classes.is_model(target.info) and name in _BUILDERS:
        from .dataclass_parsers import build

        data = args.get(0, "obj") or UNKNOWN
        if name in _TEXTS:
            data = loaded(m, data, f"{target.info.name}.{name}", node)
        data = _before(m, target.info, data, node)
        made = build(m, target.info, data, node)
        _revalidate(m, target.info, made, node)
        return made
    if isinstance(target, ClassRef) and name == "_make":
        return UNKNOWN
    if obj is None or obj.cls is None:
        return None
    if name in ("model_dump", "dict", "_asdict", "to_dict") and class_attribute(m, obj.cls, name, None, node) is None:
        from ..builtins.standard import FUNCTIONS

        made = FUNCTIONS["dataclasses.asdict"](m, Arguments([Value(refs=(target,))]), node, m.frame)
        return _limited(m, made, args)
    if name in ("model_copy", "copy", "_replace") and class_attribute(m, obj.cls, name, None, node) is None:
        copy = m.new(obj.copy())
        for part, value in args.keywords.items():
            if name == "_replace":
                access.set_attr(m, copy, part, value, node)
            elif part == "update":
                merge_into(m, copy.objects()[0], value, node)
        return copy
    return None


def _revalidate(m: Machine, info: ClassInfo, made: Value, node: ast.AST) -> None:
    for field in classes.declared_fields(m, info):
        held = m.state.get(made.objects()[0]).fields.get(field.name)
        if held is not None:
            _constraints(m, field, held, info)
    _validators(m, info, made, node)


def _limited(m: Machine, made: Value, args: Arguments) -> Value:
    """`model_dump(include=…, exclude=…)`; exclude_none makes every field one that may be absent."""
    obj = m.state.edit(made.objects()[0])
    for name, keep in (("include", True), ("exclude", False)):
        given = args.keywords.get(name)
        if given is None:
            continue
        names = {x.value for v in access.elements(m, given)[0] for x in v.literals}
        obj.fields = {k: v for k, v in obj.fields.items() if (k in names) is keep}
    if {"exclude_none", "exclude_unset", "exclude_defaults"} & set(args.keywords):
        obj.fields = {k: v.of(absent=True) for k, v in obj.fields.items()}
    return made
