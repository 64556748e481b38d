"""The layers behind a sink, parameter by parameter: from a package in the tree, the catalog, or installed source."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, NamedTuple

from .code import ClassRef, FunctionRef
from .machine import Exhausted
from .modules import library_symbol
from .objects import frozen, plain
from .source import unparse

if TYPE_CHECKING:
    from .machine import Machine
    from .values import Value


class LayerParameter(NamedTuple):
    """A parameter of one layer. `kind` is value, required or derived; `file` and `line` may be unknown (None)."""

    kind: str
    value: Any
    expression: str | None
    file: str | None
    line: int | None


class Layer(NamedTuple):
    """All parameters of one surface; `forwards` tells that names it does not know travel on."""

    name: str
    parameters: dict[str, LayerParameter]
    forwards: bool
    complete: bool


def layer(m: Machine, name: str, path: str | None = None) -> Layer | None:
    """The parameters that the surface `name` declares, at the version in force; None when nobody knows."""
    if name not in m.layers:
        m.layers[name] = _find(m, name, path or name)
    found: Layer | None = m.layers[name]
    return found


def _find(m: Machine, name: str, path: str) -> Layer | None:
    if m.project.in_tree(name.partition(".")[0]) is not None:
        found = _from_source(m, name, path)
        if found is not None:
            return found
    return _from_catalog(m, name) or _from_source(m, name, path)


def _from_catalog(m: Machine, name: str) -> Layer | None:
    surface = m.surfaces.surface(name)
    if surface is None:
        return None
    from ...schemas.surface import MISSING

    parameters = {}
    for parameter in surface.parameters.values():
        file, _, line = parameter.source.rpartition(":")
        kind = "required" if parameter.required else "derived" if parameter.default is MISSING else "value"
        value = None if parameter.default is MISSING else frozen(parameter.default)
        place = (file, int(line)) if line.isdigit() else (None, None)
        parameters[parameter.name] = LayerParameter(kind, value, parameter.expression, *place)
    return Layer(name, parameters, surface.extra == "forwarded", True)


def _from_source(m: Machine, name: str, path: str) -> Layer | None:
    m.quiet += 1
    try:
        try:
            found = library_symbol(m, path)
        except Exhausted:
            return None
        for target in found.refs if found is not None else ():
            if isinstance(target, FunctionRef):
                return _of_function(m, name, target)
            if isinstance(target, ClassRef):
                return _of_class(m, name, target)
    finally:
        m.quiet -= 1
    return None


def _of_function(m: Machine, name: str, target: FunctionRef) -> Layer:
    fn = target.function
    spec = fn.node.args
    parameters: dict[str, LayerParameter] = {}
    names = [*spec.posonlyargs, *spec.args]
    first = len(names) - len(fn.defaults)
    for position, parameter in enumerate(names):
        if position == 0 and fn.owner is not None:
            continue
        default = fn.defaults[position - first] if position >= first else None
        node = spec.defaults[position - first] if position >= first else None
        site = fn.module.site(parameter)
        parameters[parameter.arg] = _parameter(m, default, node, site.file, site.line)
    for parameter, node in zip(spec.kwonlyargs, spec.kw_defaults, strict=True):
        site = fn.module.site(parameter)
        parameters[parameter.arg] = _parameter(m, fn.kw_defaults.get(parameter.arg), node, site.file, site.line)
    return Layer(name, parameters, spec.kwarg is not None, True)


def _of_class(m: Machine, name: str, target: ClassRef) -> Layer | None:
    from .classes import declared_fields, is_dataclass
    from .objects import class_attribute

    info = target.info
    if is_dataclass(info):
        parameters = {}
        for field in declared_fields(m, info):
            site = field.owner.module.site(field.node)
            parameters[field.name] = _parameter(m, field.default, field.node.value, site.file, site.line)
        return Layer(name, parameters, False, not [b for b in info.external_bases() if "." in b])
    init = class_attribute(m, info, "__init__", None, info.node)
    for inner in init.refs if init is not None else ():
        if isinstance(inner, FunctionRef):
            return _of_function(m, name, inner)
    return None


def _parameter(m: Machine, default: Value | None, node: ast.expr | None, file: str, line: int) -> LayerParameter:
    if node is None and default is None:
        return LayerParameter("required", None, None, file, line)
    if default is not None:
        known, value, _ = plain(m, default.of(origins={}) if default.literals else default)
        if known:
            return LayerParameter("value", frozen(value), None, file, line)
    return LayerParameter("derived", None, unparse(node) if node is not None else None, file, line)
