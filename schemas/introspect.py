"""The runtime producer: the surfaces of the installed libraries, from the objects themselves.

It imports the library (seconds, and torch with it), so the linter never calls it: it proves static extraction right,
and answers where no source is at hand. What it yields is what the library declares; checks inside the code have no
runtime representation.
"""

from __future__ import annotations

import dataclasses
import enum
import importlib
import inspect
import types
import typing
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from .extract.annotations import literal
from .extract.registry import BY_NAME, Place
from .surface import MISSING, Parameter, Surface
from .types import BUILTIN, Schema, array_of, mapping_of, one_of_values, pair_of, type_of, union, with_default


def introspect(name: str, version: str | None = None) -> Surface | None:
    """The whole surface `name` of the installed library, inherited parameters included; None when it has none such.

    Raises KeyError for an unknown name, ImportError when the library cannot be imported.
    """
    from importlib import metadata

    place = BY_NAME[name]
    target = _target(place)
    if target is None:
        return None
    version = version or metadata.version(place.distribution)
    if place.kind == "dataclass":
        return Surface(name, place.distribution, version, _fields(target))
    if place.kind == "callable":
        extra = "forwarded" if place.forwards_to else "refused"
        return Surface(name, place.distribution, version, _signature(target), extra, place.forwards_to)
    return _class(place, target, version)


def _target(place: Place) -> Any:
    target: Any = importlib.import_module(place.module)
    for part in place.definition.split("."):
        target = getattr(target, part, None)
    return target


def _fields(cls: type[Any]) -> dict[str, Parameter]:
    hints = _hints(cls)
    rows = {}
    for field in dataclasses.fields(cls):
        if not field.init:
            continue
        schema = schema_of(hints.get(field.name, field.type))
        if "const" in field.metadata:
            schema = union([schema, type_of(field.metadata["const"])])
        rows[field.name] = _row(field.name, schema, *_field_default(field))._replace(
            help=" ".join(str(field.metadata.get("help", "")).split()), choices=tuple(field.metadata.get("choices", ()))
        )
    return rows


def _field_default(field: dataclasses.Field[Any]) -> tuple[Any, str | None]:
    if field.default is not dataclasses.MISSING:
        return _json(field.default)
    if field.default_factory is dataclasses.MISSING:
        return MISSING, None
    value, expression = _json(field.default_factory())
    named = getattr(field.default_factory, "__name__", "")
    return value, f"{named}()" if expression is not None else None


def _class(place: Place, cls: type[Any], version: str) -> Surface:
    """Parameters of `__init__`, then of the base classes that its `**kwargs` reach."""
    rows: dict[str, Parameter] = {}
    spread = False
    for link in cls.__mro__:
        if "__init__" not in vars(link) or link.__module__.partition(".")[0] != cls.__module__.partition(".")[0]:
            continue
        init = vars(link)["__init__"]
        rows = {**_signature(init), **rows}
        spread = any(item.kind is item.VAR_KEYWORD for item in inspect.signature(init).parameters.values())
        if not spread or "super" not in init.__code__.co_names:
            break
    return Surface(place.name, place.distribution, version, rows, "kept" if spread else "refused")


def _signature(function: Any) -> dict[str, Parameter]:
    hints = _hints(function)
    rows = {}
    for name, item in inspect.signature(function).parameters.items():
        if name in ("self", "cls") or item.kind in (item.VAR_KEYWORD, item.VAR_POSITIONAL):
            continue
        schema = schema_of(hints[name]) if name in hints else {}
        value, expression = (MISSING, None) if item.default is item.empty else _json(item.default)
        rows[name] = _row(name, schema, value, expression)
    return rows


def _row(name: str, schema: Schema, default: Any, expression: str | None) -> Parameter:
    if default is not MISSING:
        return Parameter(name, with_default(schema, default), default)
    return Parameter(name, schema, required=expression is None, expression=expression)


def _hints(target: Any) -> Mapping[str, Any]:
    """Resolved annotations; one that names what is not importable here stays as it stands, and the others resolve.

    gliner's annotations name classes that it imports for type checkers only, and transformers' those of `datasets`.
    """
    try:
        return typing.get_type_hints(target)
    except NameError:
        pass
    function = inspect.unwrap(getattr(target, "__func__", target))
    scope = getattr(function, "__globals__", {})
    hints: dict[str, Any] = {}
    for name, raw in inspect.get_annotations(function).items():
        probe = types.SimpleNamespace(__annotations__={name: raw})
        try:
            hints.update(typing.get_type_hints(probe, globalns=scope))
        except NameError:
            hints[name] = raw
    return hints


def schema_of(hint: Any) -> Schema:
    """The JSON Schema of a resolved annotation; `{}` where it says nothing that a config file could break."""
    if hint is None or hint is type(None):
        return {"type": "null"}
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return union(schema_of(argument) for argument in arguments)
    if origin is typing.Literal:
        return literal(list(arguments))
    if origin in (typing.Annotated, typing.ClassVar, typing.Final):
        return schema_of(arguments[0])
    if origin is tuple and arguments[-1] is not ...:
        return pair_of([schema_of(argument) for argument in arguments])
    kind = origin or hint
    return _container(kind, arguments) if isinstance(kind, type) else {}


def _container(kind: type[Any], arguments: tuple[Any, ...]) -> Schema:
    if issubclass(kind, enum.Enum):
        return one_of_values(member.value for member in kind)
    if dataclasses.is_dataclass(kind):
        return {"type": "object"}
    if issubclass(kind, PurePath):
        return {"type": "string"}
    schema = dict(BUILTIN.get(kind.__name__, {}))
    if schema == {"type": "array"} and arguments:
        return array_of(schema_of(arguments[0]))
    if schema == {"type": "object"} and len(arguments) == 2:
        return mapping_of(schema_of(arguments[1]))
    return schema


def _json(value: Any) -> tuple[Any, str | None]:
    """A default as a JSON value; one that has no JSON form is MISSING, with its text."""
    if isinstance(value, enum.Enum):
        return value.value, None
    if value is None or isinstance(value, (bool, int, float, str)):
        return value, None
    if isinstance(value, (list, tuple, set)):
        return [_json(item)[0] for item in value], None
    if isinstance(value, dict):
        return {key: _json(item)[0] for key, item in value.items()}, None
    return MISSING, repr(value)
