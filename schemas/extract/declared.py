"""What the source declares: the fields of a dataclass, the parameters of a function or of `__init__`."""

from __future__ import annotations

import ast
from typing import Any

from ..surface import Parameter
from ..types import type_of, union, with_default
from .annotations import annotation
from .constants import NotConstant, evaluate, values_of
from .source import Definition, Found, Module, linearise, method


def dataclass_parameters(found: Found) -> dict[str, Parameter]:
    """The init fields of a dataclass, those of its bases in this library first, as `dataclasses.fields` orders them."""
    parameters: dict[str, Parameter] = {}
    for link in reversed(linearise(found)):
        assert isinstance(link.node, ast.ClassDef)
        scope = _class_scope(link.node)
        for item in link.node.body:
            if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name) and not _is_class_variable(item):
                parameter = _field(item, item.target.id, link.module, scope)
                if parameter is None:
                    parameters.pop(item.target.id, None)
                else:
                    parameters[parameter.name] = parameter
    return parameters


def signature_parameters(node: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> dict[str, Parameter]:
    """The parameters of a function that can be given by name; `self` and `cls` are left out."""
    arguments = node.args
    positional = arguments.posonlyargs + arguments.args
    first_default = len(positional) - len(arguments.defaults)
    rows = [(item, arguments.defaults[place - first_default] if place >= first_default else None)
            for place, item in enumerate(positional)]  # fmt: skip
    rows += list(zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True))
    if rows and rows[0][0].arg in ("self", "cls"):
        rows = rows[1:]
    helps = documented(node)
    return {
        item.arg: _parameter(item.arg, item.annotation, default, item, module, {}, helps.get(item.arg, ""))
        for item, default in rows
    }


def inherited_parameter(found: Found, name: str) -> Parameter | None:
    """The row of a parameter that the nearest base class in this library declares in its `__init__`."""
    assert isinstance(found.node, ast.ClassDef)
    for base in found.node.bases:
        parent = found.module.find(ast.unparse(base))
        if parent is None or not isinstance(parent.node, ast.ClassDef):
            continue
        init = method(parent.node, "__init__")
        rows = signature_parameters(init, parent.module) if init is not None else {}
        row = rows.get(name) or inherited_parameter(parent, name)
        if row is not None:
            return row
    return None


def documented(node: Definition) -> dict[str, str]:
    """The `name: text` rows under `Args:` of a docstring in Google style, each joined to one line."""
    rows: dict[str, str] = {}
    current, indent, inside = None, 0, False
    for line in (ast.get_docstring(node) or "").splitlines():
        text = line.strip()
        depth = len(line) - len(line.lstrip())
        if text in ("Args:", "Arguments:", "Attributes:"):
            inside, indent, current = True, 0, None
        elif inside and text and depth == 0:
            inside = False
        elif inside and text:
            indent = indent or depth
            head, colon, rest = text.partition(":")
            name = head.partition("(")[0].strip()
            if depth == indent and colon and name.replace("_", "a").isalnum():
                current = name
                rows[current] = rest.strip()
            elif current is not None:
                rows[current] = f"{rows[current]} {text}".strip()
    return rows


def _field(item: ast.AnnAssign, name: str, module: Module, scope: dict[str, ast.AST]) -> Parameter | None:
    value = item.value
    if not (isinstance(value, ast.Call) and ast.unparse(value.func).rpartition(".")[2] == "field"):
        return _parameter(name, item.annotation, value, item, module, scope, "")
    given = {keyword.arg: keyword.value for keyword in value.keywords if keyword.arg}
    if isinstance(given.get("init"), ast.Constant) and given["init"].value is False:  # type: ignore[attr-defined]
        return None
    metadata = _metadata(given.get("metadata"))
    help_text = _text(metadata.get("help"), module)
    parameter = _parameter(name, item.annotation, given.get("default"), item, module, scope, help_text)
    if "default_factory" in given:
        parameter = _factory(parameter, given["default_factory"], module)
    if "const" in metadata:
        constant = evaluate(metadata["const"], module)
        parameter = parameter._replace(schema=union([dict(parameter.schema), type_of(constant)]))
    if "choices" in metadata:
        parameter = parameter._replace(
            choices=tuple(values_of(metadata["choices"], module)), choices_source=module.at(metadata["choices"])
        )
    return parameter


def _parameter(
    name: str,
    declared: ast.AST | None,
    default: ast.AST | None,
    place: ast.AST,
    module: Module,
    scope: dict[str, ast.AST],
    help_text: str,
) -> Parameter:
    parameter = Parameter(name, annotation(declared, module), source=module.at(place), help=help_text)
    if default is None:
        return parameter._replace(required=True)
    return _defaulted(parameter, default, module, scope)


def _defaulted(parameter: Parameter, default: ast.AST, module: Module, scope: dict[str, ast.AST]) -> Parameter:
    expression = _conditional(default, scope)
    try:
        value: Any = evaluate(default, module, scope)
    except NotConstant:
        return parameter._replace(expression=ast.unparse(default))
    return parameter._replace(default=value, expression=expression, schema=with_default(dict(parameter.schema), value))


def _factory(parameter: Parameter, factory: ast.AST, module: Module) -> Parameter:
    if isinstance(factory, ast.Name) and factory.id in ("list", "set", "tuple", "dict"):
        value: Any = {} if factory.id == "dict" else []
        return parameter._replace(default=value, required=False, schema=with_default(dict(parameter.schema), value))
    parameter = parameter._replace(required=False)
    if isinstance(factory, ast.Lambda):
        return _defaulted(parameter, factory.body, module, {})
    return parameter._replace(expression=f"{ast.unparse(factory)}()")


def _conditional(default: ast.AST, scope: dict[str, ast.AST]) -> str | None:
    """The source of a default that a class body chooses by its environment (`optim`, by the version of torch)."""
    if not isinstance(default, ast.Name) or default.id not in scope:
        return None
    choice = scope.get(f"{default.id} if")
    return ast.unparse(choice) if choice is not None else None


def _class_scope(node: ast.ClassDef) -> dict[str, ast.AST]:
    """Plain names that a class body assigns; under `if`, the last one stands, as with the libraries all present."""
    scope: dict[str, ast.AST] = {}

    def walk(body: list[ast.stmt], tests: list[ast.expr]) -> None:
        for item in body:
            if isinstance(item, ast.Assign) and isinstance(item.targets[0], ast.Name):
                name = item.targets[0].id
                if tests and name in scope:
                    test = tests[0] if len(tests) == 1 else ast.BoolOp(op=ast.And(), values=tests)
                    scope[f"{name} if"] = ast.IfExp(test=test, body=item.value, orelse=scope[name])  # type: ignore[arg-type]
                scope[name] = item.value
            elif isinstance(item, ast.If):
                walk(item.body, [*tests, item.test])

    walk(node.body, [])
    return scope


def _metadata(node: ast.AST | None) -> dict[str, ast.expr]:
    if not isinstance(node, ast.Dict):
        return {}
    return {key.value: value for key, value in zip(node.keys, node.values, strict=True)
            if isinstance(key, ast.Constant) and isinstance(key.value, str)}  # fmt: skip


def _text(node: ast.expr | None, module: Module) -> str:
    if node is None:
        return ""
    try:
        value = evaluate(node, module)
    except NotConstant:
        texts = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
        value = "".join(text for text in texts if isinstance(text, str))
    return " ".join(str(value).split())


def _is_class_variable(item: ast.AnnAssign) -> bool:
    return ast.unparse(item.annotation).partition("[")[0].rpartition(".")[2] == "ClassVar"
