"""One surface from library source: what it declares, then what the code around it enforces."""

from __future__ import annotations

import ast

from ..surface import MISSING, Parameter, Surface
from ..types import with_default
from .constants import NotConstant, evaluate
from .declared import dataclass_parameters, documented, inherited_parameter, signature_parameters
from .enforced import enforce
from .registry import BY_IMPORT, PLACES, Place
from .source import Found, Library, Module, method


def extract(place: Place, library: Library, version: str) -> Surface | None:
    """The surface with all that its code enforces; only its own parameters where a base is a surface too.

    None when this version has no such definition.
    """
    found = _locate(place, library)
    surface = declared(place, library, version)
    return None if found is None or surface is None else enforce(surface, found, place, library)


def declared(place: Place, library: Library, version: str) -> Surface | None:
    """The surface as its signatures and annotations declare it, before anything that the code enforces."""
    found = _locate(place, library)
    if found is None:
        return None
    if place.kind == "dataclass":
        return Surface(place.name, place.distribution, version, dataclass_parameters(found), base=_base(found))
    if place.kind == "callable":
        return _callable(place, found, version)
    return _class(place, found, version)


def _locate(place: Place, library: Library) -> Found | None:
    module = library.module(place.module)
    if module is None:
        return None
    owner, _, member = place.definition.partition(".")
    found = module.find(owner)
    if found is None or not isinstance(found.node, ast.ClassDef):
        return None
    if not member:
        return found
    node = method(found.node, member)
    return None if node is None else Found(found.module, node)


def _callable(place: Place, found: Found, version: str) -> Surface:
    assert isinstance(found.node, ast.FunctionDef)
    parameters = signature_parameters(found.node, found.module)
    if place.forwards_to is None or found.node.args.kwarg is None:
        return Surface(place.name, place.distribution, version, parameters)
    handed_on = _handed_on(found.node, place.forwards_to.rpartition(".")[2])
    for name, value in handed_on.items():
        if name in parameters:
            same = isinstance(value, ast.Name) and value.id == name
            expression = None if same else ast.unparse(value)
            parameters[name] = parameters[name]._replace(forwarded=same, expression=expression)
    return Surface(place.name, place.distribution, version, parameters, "forwarded", place.forwards_to)


def _handed_on(node: ast.FunctionDef, callee: str) -> dict[str, ast.expr]:
    """The keywords of the call that gets the function's `**kwargs`. Raises LookupError when there is no such call."""
    assert node.args.kwarg is not None
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] == callee:
            spread = [item.value for item in call.keywords if item.arg is None]
            if any(isinstance(value, ast.Name) and value.id == node.args.kwarg.arg for value in spread):
                return {item.arg: item.value for item in call.keywords if item.arg is not None}
    raise LookupError(f"{node.name} hands its **{node.args.kwarg.arg} to no {callee}")


def _class(place: Place, found: Found, version: str) -> Surface:
    assert isinstance(found.node, ast.ClassDef)
    base = _base(found)
    init = method(found.node, "__init__")
    parameters = signature_parameters(init, found.module) if init is not None else {}
    extra = "kept" if init is None or init.args.kwarg is not None else "refused"
    helps = documented(found.node)
    parameters = {name: row._replace(help=row.help or helps.get(name, "")) for name, row in parameters.items()}
    surface = Surface(place.name, place.distribution, version, parameters, extra, base=base)
    return surface if init is None else _restated(surface, init, found)


def _restated(surface: Surface, init: ast.FunctionDef, found: Found) -> Surface:
    """Rows for inherited parameters that `__init__` gives another default (`kwargs.setdefault`) or a fixed value."""
    assert isinstance(found.node, ast.ClassDef)
    rows = dict(surface.parameters)
    for statement in init.body:
        change = _default_changed(statement, init, found.module) or _fixed(statement, found.module)
        if change is None:
            continue
        row = inherited_parameter(found, change.name)
        if row is None:
            continue
        row = rows.get(change.name, row)
        if change.default is not MISSING:
            row = row._replace(default=change.default, schema=with_default(dict(row.schema), change.default))
        rows[change.name] = row._replace(forced=change.forced, source=change.source)
    return surface._replace(parameters=rows)


def _default_changed(statement: ast.stmt, init: ast.FunctionDef, module: Module) -> Parameter | None:
    match statement:
        case ast.Expr(
            ast.Call(ast.Attribute(ast.Name(spread), "setdefault"), [ast.Constant(str() as name), value])
        ) if init.args.kwarg is not None and spread == init.args.kwarg.arg:
            return Parameter(name, {}, evaluate(value, module), source=module.at(statement))
    return None


def _fixed(statement: ast.stmt, module: Module) -> Parameter | None:
    match statement:
        case ast.Assign([ast.Attribute(ast.Name("self"), name)], value):
            try:
                return Parameter(name, {}, source=module.at(statement), forced=evaluate(value, module))
            except NotConstant:
                return None
    return None


def _base(found: Found) -> str | None:
    """The surface that a class directly inherits from, if any."""
    assert isinstance(found.node, ast.ClassDef)
    for base in found.node.bases:
        text = ast.unparse(base)
        parent = found.module.find(text)
        if parent is not None and isinstance(parent.node, ast.ClassDef):
            home = (parent.module.name, parent.node.name)
            here = next((place.name for place in PLACES if (place.module, place.definition) == home), None)
            if here is not None:
                return here
        head, _, rest = text.partition(".")
        origin, member = found.module.imports.get(head, (head, None))
        dotted = ".".join(part for part in (origin, member, rest) if part)
        if dotted in BY_IMPORT:
            return BY_IMPORT[dotted]
    return None
