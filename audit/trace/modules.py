"""Loading modules into the heap, and what import statements bind."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .machine import Frame
from .values import ExtRef, ImportedRef, ModuleRef, Value, literal, ref

if TYPE_CHECKING:
    from .machine import Machine


def load(m: Machine, name: str) -> int | None:
    """The scope of a module, its body interpreted on first use; None when its source is not at hand."""
    known = m.module_scopes.get(name)
    if known is not None:
        return known
    module = m.project.module(name)
    if module is None:
        return None
    twin = m.module_scopes.get(module.name)
    if twin is not None:
        m.module_scopes[name] = twin
        return twin
    saved, guards, checking = m.state, m.guards, m.checking
    m.state, m.guards, m.checking = saved.beside(), [], 0
    scope = m.new_scope(None)
    m.module_scopes[name] = m.module_scopes[module.name] = scope
    m.bind("__name__", literal(name), scope)
    m.bind("__file__", literal(module.path), scope)
    m.frames.append(Frame(module, scope, "<module>"))
    try:
        m.block(module.tree.body, m.frames[-1])
        m.state.publish()
    finally:
        m.frames.pop()
        m.state, m.guards, m.checking = saved, guards, checking
    return scope


def import_statement(m: Machine, node: ast.Import, frame: Frame) -> None:
    for alias in node.names:
        if alias.asname:
            m.bind(alias.asname, module_value(m, alias.name), frame.scope)
        else:
            top = alias.name.partition(".")[0]
            m.bind(top, module_value(m, top), frame.scope)


def import_from(m: Machine, node: ast.ImportFrom, frame: Frame) -> None:
    source = m.project.absolute(frame.module, node.module, node.level)
    for alias in node.names:
        if alias.name == "*":
            _import_star(m, source, node, frame)
        else:
            m.bind(alias.asname or alias.name, _name_value(m, source, alias.name), frame.scope)


def module_value(m: Machine, name: str) -> Value:
    if not m.project.is_library(name) and (m.project.module(name) is not None or m.project.exists(name)):
        return ref(ModuleRef(name))
    return ref(ExtRef(name))


def _name_value(m: Machine, source: str, name: str) -> Value:
    if m.project.is_library(source):
        return ref(ExtRef(f"{source}.{name}"))
    if m.project.module(source) is not None or m.project.exists(source):
        return ref(ImportedRef(source, name))
    return ref(ExtRef(f"{source}.{name}"))


def _import_star(m: Machine, source: str, node: ast.ImportFrom, frame: Frame) -> None:
    if m.project.is_library(source) or m.project.module(source) is None:
        if not m.in_library and not m.project.is_library(source) and source.partition(".")[0] not in _HARMLESS_STARS:
            m.gate(node, f"star import of {source}, which cannot be read")
        return
    scope = load(m, source)
    if scope is None:
        return
    fields = m.state.get(scope).fields
    public = [n for n in fields if not n.startswith("_")]
    listed = fields.get("__all__")
    if listed is not None:
        from .access import elements

        names = [x.value for v in elements(m, listed)[0] for x in v.literals]
        public = [n for n in fields if n in names] or public
    for name in public:
        m.bind(name, fields[name], frame.scope)


_HARMLESS_STARS = frozenset({"typing", "math", "os", "pathlib", "dataclasses", "tkinter", "collections"})


def library_symbol(m: Machine, path: str) -> Value | None:
    """The definition behind a library import path, read from source: in the project's tree or installed."""
    parts = path.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        module = ".".join(parts[:cut])
        if m.project.module(module) is None:
            continue
        scope = load(m, module)
        if scope is None:
            return None
        return _walk(m, scope, parts[cut:])
    return None


def _walk(m: Machine, scope: int, names: list[str], depth: int = 0) -> Value | None:
    from .code import ClassRef
    from .objects import class_attribute

    value = m.state.get(scope).fields.get(names[0])
    if value is None or depth > 6:
        return None
    for target in value.refs:
        if isinstance(target, ExtRef) and m.project.is_library(target.path):
            return library_symbol(m, ".".join([target.path, *names[1:]])) if len(target.path.split(".")) > 1 else None
        if isinstance(target, ClassRef) and len(names) > 1:
            found = class_attribute(m, target.info, names[1], Value(refs=(target,)), m.frame.module.tree)
            return found if found is not None else _sibling_method(m, scope, names[1])
    return value if len(names) == 1 else None


def _sibling_method(m: Machine, scope: int, method: str) -> Value | None:
    """A factory class builds an instance of another class of its module: the one class there that has the method."""
    from .code import ClassRef

    owners = []
    for value in m.state.get(scope).fields.values():
        for target in value.refs:
            if isinstance(target, ClassRef) and method in m.state.get(target.info.attributes).fields:
                owners.append(m.state.get(target.info.attributes).fields[method])
    return owners[0] if len(owners) == 1 else None
