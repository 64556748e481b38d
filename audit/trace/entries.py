"""Entry points: `__main__`, commands, console scripts, functions that reach a sink, or the function that is named."""

from __future__ import annotations

import ast
import os
import re
from typing import TYPE_CHECKING

from .calls import Arguments, enter
from .code import ClassRef, Function, FunctionRef
from .machine import Exhausted, Frame
from .names import CONFIG_NAME
from .source import unparse
from .values import UNKNOWN, BoundRef, ExtRef, Key, Value, from_key, literal, ref
from .ways_in import commands
from .ways_in.dataclass_parsers import from_options

if TYPE_CHECKING:
    from .machine import Machine
    from .project import Module, Project

_CONFIG_TYPES = ("dict", "Dict", "Mapping", "Namespace", "DictConfig", "ConfigDict", "OmegaConf")
_SCALARS = ("int", "float", "str", "bool", "Path", "None", "list", "List", "PathLike", "Optional", "Union", "tuple")
MAIN = "__main__"


def syntactic(project: Project) -> list[str]:
    """Names of the entries that the script declares: commands, console scripts, `__main__`."""
    module = project.main
    found: list[str] = []
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _is_command(node):
            found.append(node.name)
    block = main_block(module)
    if block is not None and not (found and _only_runs(block.body)):
        found.append(MAIN)
    found += [n for n in console_scripts(project) if n not in found]
    if not found and any(_does_something(n) for n in module.tree.body):
        found.append(MAIN)
    return found


def _does_something(node: ast.stmt) -> bool:
    """A statement of a module that is more than a definition, a constant or a docstring."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
        return False
    if isinstance(node, ast.Assign | ast.AnnAssign):
        return any(isinstance(inner, ast.Call) for inner in ast.walk(node))
    return not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))


def main_block(module: Module) -> ast.If | None:
    for node in module.tree.body:
        if isinstance(node, ast.If) and "__name__" in unparse(node.test) and "__main__" in unparse(node.test):
            return node
    return None


def _is_command(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    for decorator in node.decorator_list:
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        text = unparse(target)
        if text.rpartition(".")[2] == "command" or text == "hydra.main" or text == "app.callback":
            return True
    return False


def _only_runs(body: list[ast.stmt]) -> bool:
    """`app()` and the like: the block does nothing but start the commands."""
    return all(isinstance(n, ast.Expr) and isinstance(n.value, ast.Call) for n in body)


def console_scripts(project: Project) -> list[str]:
    """Functions of the script that pyproject.toml installs as commands."""
    path = os.path.join(project.root, "pyproject.toml")
    if not os.path.isfile(path):
        return []
    import tomllib

    try:
        with open(path, "rb") as handle:
            table = tomllib.load(handle)
    except (tomllib.TOMLDecodeError, OSError):
        return []
    scripts = table.get("project", {}).get("scripts", {})
    out = []
    for target in scripts.values() if isinstance(scripts, dict) else ():
        module, _, function = str(target).partition(":")
        if module == project.main.name and function:
            out.append(function)
    return out


def run(m: Machine, entry: str) -> bool:
    """Interprets one entry; False when the script has no such function."""
    module = m.project.main
    m.main_name = "__main__" if entry == MAIN else module.name
    scope = m.new_scope(None)
    m.module_scopes[module.name] = scope
    m.bind("__name__", literal(m.main_name), scope)
    m.bind("__file__", literal(module.path), scope)
    frame = Frame(module, scope, "<module>")
    m.frames.append(frame)
    try:
        alive = m.block(module.tree.body, frame)
        if entry == MAIN:
            return True
        return alive and _call_named(m, entry, frame, module)
    except Exhausted:
        m.exhausted = True
        return True
    finally:
        del m.frames[1:]
        m.frames[:] = [frame]


def _call_named(m: Machine, entry: str, frame: Frame, module: Module) -> bool:
    owner, _, name = entry.rpartition(".")
    registered = next((k for k, f in m.registered if f.name == name), None)
    holder = m.state.get(frame.scope).fields.get(owner or name)
    if holder is None:
        return False
    from .objects import resolve

    for target in resolve(m, holder, module.tree).refs:
        if isinstance(target, ClassRef) and owner:
            return _call_method(m, target, name, module.tree)
        if isinstance(target, FunctionRef):
            kind = registered or ("click" if id(target.function.node) in m.click_options else None)
            args = commands.command_arguments(m, kind, target.function) if kind else symbolic(m, target.function)
            enter(m, target.function, args, target.function.node)
            return True
        m.call(Value(refs=(target,)), Arguments([]), module.tree, frame)
        return True
    return False


def _call_method(m: Machine, target: ClassRef, name: str, node: ast.AST) -> bool:
    from .classes import instantiate
    from .objects import class_attribute

    init = class_attribute(m, target.info, "__init__", None, node)
    args = Arguments([])
    for inner in init.refs if init is not None else ():
        if isinstance(inner, FunctionRef):
            args = symbolic(m, inner.function, skip_first=True)
    instance = instantiate(m, target.info, args, node)
    method = class_attribute(m, target.info, name, instance, node)
    for inner in method.refs if method is not None else ():
        if isinstance(inner, BoundRef):
            given = symbolic(m, inner.function.function, skip_first=True)
            m.call(ref(inner), given, node, m.frame)
            return True
    return False


def symbolic(m: Machine, fn: Function, skip_first: bool = False) -> Arguments:
    """Arguments for a function that nobody calls: configs as roots of keys, scalars as keys by their name."""
    out = Arguments([])
    spec = fn.node.args
    names = [*spec.posonlyargs, *spec.args]
    first = len(names) - len(fn.defaults)
    for position, parameter in enumerate(names):
        if skip_first and position == 0:
            continue
        default = fn.defaults[position - first] if position >= first else None
        out.keywords[parameter.arg] = parameter_value(m, fn, parameter, default)
    for parameter in spec.kwonlyargs:
        out.keywords[parameter.arg] = parameter_value(m, fn, parameter, fn.kw_defaults.get(parameter.arg))
    if spec.kwarg is not None:
        out.unknown = UNKNOWN
    return out


def parameter_value(m: Machine, fn: Function, parameter: ast.arg, default: Value | None) -> Value:
    """What a parameter of an entry function may be, by its annotation, name and default."""
    text = unparse(parameter.annotation) if parameter.annotation is not None else ""
    site = fn.module.site(parameter)
    words = set(re.findall(r"\w+", text))
    if parameter.annotation is not None:
        made = _typed(m, fn, parameter.annotation)
        if made is not None:
            return made
    if words & set(_CONFIG_TYPES) or (CONFIG_NAME.search(parameter.arg) and not words - {"Any", *_CONFIG_TYPES}):
        return m.source("config", site, f"parameter {parameter.arg} of {fn.name}", None)
    if (words and words <= set(_SCALARS)) or (default is not None and default.known):
        return commands.declare(m, parameter.arg, "signature", site, default, parameter)
    if CONFIG_NAME.search(parameter.arg):
        return m.source("config", site, f"parameter {parameter.arg} of {fn.name}", None)
    return from_key(Key("parameter", (parameter.arg,))) if not words else UNKNOWN


def _typed(m: Machine, fn: Function, annotation: ast.expr) -> Value | None:
    """A parameter that is annotated with a record class or a library class."""
    from .classes import is_dataclass, is_model

    node: ast.expr = annotation
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            node = ast.parse(node.value, mode="eval").body
        except SyntaxError:
            return None
    m.quiet += 1
    m.frames.append(Frame(fn.module, fn.scope, fn.name))
    try:
        value = m.eval(node, m.frames[-1]) if isinstance(node, ast.Name | ast.Attribute) else UNKNOWN
    finally:
        m.frames.pop()
        m.quiet -= 1
    for target in value.refs:
        if isinstance(target, ClassRef) and (is_dataclass(target.info) or is_model(target.info)):
            return from_options(m, target, annotation, "dataclass")
        if isinstance(target, ExtRef) and m.project.is_library(target.path):
            return Value(refs=(ExtRef(target.path, True),), anything=True)
    return None


def roots(module: Module) -> list[str]:
    """Functions and methods that nothing in the script calls: where a library of training code is entered."""
    functions = {n.name: n for n in module.tree.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)}
    called: set[str] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            called.add(node.id)
        elif isinstance(node, ast.Attribute):
            called.add(node.attr)
    found = [n for n in functions if n not in called and not n.startswith("test")]
    for node in module.tree.body:
        if isinstance(node, ast.ClassDef):
            found += [
                f"{node.name}.{f.name}"
                for f in node.body
                if isinstance(f, ast.FunctionDef) and f.name not in called and not f.name.startswith("__")
            ]
    return found or list(functions)
