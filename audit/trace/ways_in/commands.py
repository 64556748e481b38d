"""Command lines made from functions: typer, click, fire, hydra, tyro, jsonargparse.CLI; and decorators in general."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from .. import access, events, objects
from ..calls import Arguments
from ..code import ClassRef, Function, FunctionRef
from ..source import unparse
from ..state import State, join_states
from ..values import (
    BOTTOM,
    UNKNOWN,
    BuiltinRef,
    ExtRef,
    Key,
    MakerRef,
    Value,
    external,
    from_key,
    join,
    join_all,
    literal,
    ref,
)

if TYPE_CHECKING:
    from ..machine import Frame, Machine

_RUNNERS = {
    "typer.run": "typer",
    "fire.Fire": "fire",
    "jsonargparse.CLI": "jsonargparse",
    "jsonargparse.auto_cli": "jsonargparse",
    "tyro.cli": "tyro",
    "defopt.run": "defopt",
}
_HARMLESS = frozenset(
    "property staticmethod classmethod abstractmethod override overload final dataclass wraps lru_cache cache "
    "cached_property no_grad inference_mode contextmanager fixture record setter getter deleter field_validator "
    "model_validator validator root_validator field_serializer computed_field total_ordering unique singledispatch "
    "torch_compile jit requires_backends deprecate_kwarg add_start_docstrings register_module register retry timeit "
    "asynccontextmanager command group option argument pass_context callback main hydra_main app wrap_cli "
    "validate_call".split()
)

_WRAPPING = tuple(
    f"{top}."
    for top in "torch transformers accelerate numpy numba fastapi flask starlette beartype typeguard tenacity joblib "
    "functools atexit unittest".split()
)
"""Packages whose decorators hand on what the function is given."""


def decorate(m: Machine, value: Value, fn: Function, decorator: ast.expr, frame: Frame) -> Value:
    """What a decorator makes of a function."""
    call = decorator if isinstance(decorator, ast.Call) else None
    target = call.func if call is not None else decorator
    name = target.attr if isinstance(target, ast.Attribute) else target.id if isinstance(target, ast.Name) else ""
    callee = m.eval(target, frame)
    path = next((r.path for r in callee.refs if isinstance(r, ExtRef)), "")
    if path.startswith("typer.") and name in ("command", "callback"):
        m.registered.append(("typer", fn))
        return value
    if path.startswith("click.") or (name in ("command", "option", "argument") and _is_command(value)):
        return _click(m, value, _decorated(value, fn), name, call, frame)
    if path == "hydra.main":
        m.registered.append(("hydra", fn))
        return ref(MakerRef("command", ("hydra", fn)))
    if name == "call_parse":
        m.registered.append(("fastcore", fn))
        return ref(MakerRef("command", ("fastcore", fn)))
    if any(isinstance(r, BuiltinRef) for r in callee.refs) or name in _HARMLESS or path.startswith(_WRAPPING):
        return value
    if any(isinstance(r, FunctionRef | ClassRef | MakerRef) for r in callee.refs):
        wrapper = m.eval(decorator, frame)
        made = m.call(wrapper, Arguments([value]), decorator, frame)
        _inherit_options(m, value, made, fn)
        return made if made.refs else value
    if callee.refs or callee.anything:
        m.gate(decorator, f"decorator {unparse(target)} is not followed")
    return value


def _decorated(value: Value, fn: Function) -> Function:
    """The function that runs: what decorators below made of `fn`, or `fn` itself."""
    made = [target.function for target in value.refs if isinstance(target, FunctionRef)]
    return made[0] if len(made) == 1 else fn


def _inherit_options(m: Machine, value: Value, made: Value, fn: Function) -> None:
    """`functools.wraps` hands the options of the wrapped function to the wrapper."""
    inner, outer = _decorated(value, fn), _decorated(made, fn)
    if outer is not inner:
        m.click_options.setdefault(id(outer.node), []).extend(m.click_options.get(id(inner.node), ()))


def _is_command(value: Value) -> bool:
    return any(isinstance(r, MakerRef) and r.name == "command" for r in value.refs)


def _click(m: Machine, value: Value, fn: Function, name: str, call: ast.Call | None, frame: Frame) -> Value:
    if name in ("option", "argument") and call is not None:
        names = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        plain = [n for n in names if not n.startswith("-")] if name == "option" else names
        long = next((n for n in names if n.startswith("--")), names[0] if names else "")
        dest = (plain[0] if plain else long.lstrip("-").partition("/")[0]).replace("-", "_").lower()
        options = {k.arg: m.eval(k.value, frame) for k in call.keywords if k.arg}
        default = options.get("default")
        if default is None and (options.get("is_flag") is not None or "/" in long):
            default = literal(False)
        declare(m, dest, "click", m.site(call), default, call, _kind(options.get("type")))
        choices = _choices(m, options.get("type"))
        if choices:
            m.observe(events.Check(Key("option", (dest,)), m.site(call), "enum", "exits", "click", choices))
        m.click_options.setdefault(id(fn.node), []).append(dest)
        return value
    if name in ("command", "group"):
        m.registered.append(("click", fn))
        return ref(MakerRef("command", ("click", fn)))
    return value


def _kind(value: Value | None) -> str | None:
    names = [r.name for r in value.refs if isinstance(r, BuiltinRef)] if value is not None else []
    return names[0] if names else None


def _choices(m: Machine, value: Value | None) -> tuple[Any, ...]:
    """Constants that `type=click.Choice([…])` allows."""
    return tuple(x.value for x in value.literals) if value is not None else ()


def declare(
    m: Machine, name: str, by: str, site: Any, default: Value | None, node: ast.AST, kind: str | None = None
) -> Value:
    """A parameter of a command as a key: declared, with its default, anything at run time."""
    key = Key("option", (name,))
    required = default is None
    m.observe(events.Declared(key, site, by, kind, required))
    if kind in ("int", "float", "bool"):
        m.observe(events.Check(key, site, "type", "exits", by, (kind,)))
    if default is not None:
        known, plain, where = objects.plain(m, default.of(origins={}) if default.literals else default)
        if known:
            m.option_defaults[key] = plain
            m.observe(events.Default(key, by, "value", objects.frozen(plain), None, where or site))
    return from_key(key)


def call(m: Machine, target: ExtRef, args: Arguments, node: ast.AST) -> Value | None:
    if target.path == "typer.Typer" and target.instance:
        return run_registered(m, node)
    if target.path == "typer.Typer":
        return external("typer.Typer", True)
    if target.path == "typer.Typer.command":
        return ref(MakerRef("identity", None))
    if target.path in ("typer.Option", "typer.Argument"):
        return ref(MakerRef("typer", args.get(0, "default")))
    if target.path == "click.Choice":
        choices = args.get(0)
        return join_all(access.elements(m, choices)[0]) if choices is not None else UNKNOWN
    kind = _RUNNERS.get(target.path)
    if kind is None:
        return None
    first = args.get(0)
    out = BOTTOM
    for callee in first.refs if first is not None else ():
        if isinstance(callee, FunctionRef):
            out = join(out, run(m, kind, callee.function, node))
        elif isinstance(callee, ClassRef):
            from .dataclass_parsers import from_options

            out = join(out, from_options(m, callee, node, kind))
    if first is None or not first.refs:
        return run_all_of_module(m, kind, node)
    return out if out is not BOTTOM else UNKNOWN


def run_all_of_module(m: Machine, kind: str, node: ast.AST) -> Value:
    """fire.Fire() without arguments offers every function of the module."""
    m.gate(node, f"{kind} without a component offers everything in the module")
    return UNKNOWN


def run_registered(m: Machine, node: ast.AST) -> Value:
    """`app()`: any one of the registered commands runs."""
    start = m.state
    merged: State | None = None
    for kind, fn in list(m.registered):
        m.state = start.fork()
        run(m, kind, fn, node)
        merged = join_states(merged, m.state)
    m.state = merged or start
    return UNKNOWN


def run(m: Machine, kind: str, fn: Function, node: ast.AST) -> Value:
    """A command runs: its parameters are the keys."""
    from ..calls import enter

    return enter(m, fn, command_arguments(m, kind, fn), node)


def command_arguments(m: Machine, kind: str, fn: Function) -> Arguments:
    out = Arguments([])
    spec = fn.node.args
    names = fn.parameters
    if kind == "hydra":
        site = fn.module.site(fn.node)
        root = m.source("config", site, "hydra.main", _hydra_name(fn))
        out.positional = [root]
        return out
    first_default = len(names) - len(fn.defaults)
    parameters = [*spec.posonlyargs, *spec.args]
    for position, parameter in enumerate(parameters):
        default = fn.defaults[position - first_default] if position >= first_default else None
        out.keywords[parameter.arg] = _parameter(m, kind, fn, parameter, default)
    for parameter in spec.kwonlyargs:
        out.keywords[parameter.arg] = _parameter(m, kind, fn, parameter, fn.kw_defaults.get(parameter.arg))
    if spec.kwarg is not None and kind == "click":
        named = set(names) | {p.arg for p in spec.kwonlyargs}
        rest = [d for d in m.click_options.get(id(fn.node), ()) if d not in named]
        out.keywords.update({d: from_key(Key("option", (d,))) for d in rest})
    elif spec.kwarg is not None:
        out.unknown = UNKNOWN
    return out


def _hydra_name(fn: Function) -> str | None:
    for decorator in fn.decorators:
        if isinstance(decorator, ast.Call):
            given = {k.arg: k.value.value for k in decorator.keywords if isinstance(k.value, ast.Constant)}
            if "config_name" in given:
                folder, file = given.get("config_path"), str(given["config_name"])
                return f"{folder!s}/{file}" if folder else file
    return None


def _parameter(m: Machine, kind: str, fn: Function, parameter: ast.arg, default: Value | None) -> Value:
    name = parameter.arg
    if kind == "click":
        key = Key("option", (name,))
        if name in m.click_options.get(id(fn.node), ()):
            return from_key(key)
        return UNKNOWN
    annotation = unparse(parameter.annotation) if parameter.annotation is not None else ""
    if kind == "typer":
        if annotation.endswith("Context"):
            return UNKNOWN
        default = _typer_default(m, default)
    plain = annotation if annotation in ("int", "float", "bool", "str") else None
    return declare(m, name, kind, fn.module.site(parameter), default, parameter, plain)


def _typer_default(m: Machine, default: Value | None) -> Value | None:
    """`typer.Option(default, …)` as the default of a parameter."""
    if default is None:
        return None
    for target in default.refs:
        if isinstance(target, MakerRef) and target.name == "typer":
            held: Value | None = target.arguments
            if held is None or (held.only is not None and held.only.value is ...):
                return None
            return held
    return default
