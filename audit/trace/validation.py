"""Telling a check from a use: a test whose branch rejects the value is validation, any other test is control flow."""

from __future__ import annotations

import ast
import functools
import re
from typing import TYPE_CHECKING

from . import events
from .values import PRESENCE, TEXT, TYPED, Value

if TYPE_CHECKING:
    from .code import Function
    from .machine import Machine
    from .operators import Test

_CHECKER = re.compile(
    r"(^|_)(check|checks|validate|validates|validation|validator|verify|assert|ensure|sanity)(_|$)", re.I
)
_COLLECTORS = re.compile(r"(^|_)(errors?|warnings?|issues?|problems?|violations?|failures?|complaints?)$", re.I)
_RECORDING = frozenset({"append", "add", "extend", "insert"})
_ERROR_CALLS = re.compile(r"^(add_?)?(error|fail|failure|issue|problem|violation)s?$", re.I)
_WARN_CALLS = re.compile(r"^(add_?)?warn(ing)?s?$", re.I)
_EXITS = frozenset({"exit", "_exit", "abort", "quit"})


def rejection(body: list[ast.stmt]) -> str | None:
    """How a branch rejects: "raises", "exits", "records an error", "warns"; None when it does not."""
    found: str | None = None
    for node in body:
        how = _rejects(node)
        if how in ("raises", "exits"):
            return how
        if how == "records an error" or found is None:
            found = how or found
    return found


def _rejects(node: ast.stmt) -> str | None:
    if isinstance(node, ast.Raise):
        return None if node.exc is not None and _is_success(node.exc) else "raises"
    if isinstance(node, ast.Assert):
        return "raises"
    if isinstance(node, ast.Try | ast.With):
        return rejection(node.body)
    if isinstance(node, ast.Return) and isinstance(node.value, ast.Call):
        return _call_rejects(node.value)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return _call_rejects(node.value)
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name | ast.Attribute):
        return "records an error" if _COLLECTORS.search(_tail(node.target)) else None
    return None


def _call_rejects(node: ast.Call) -> str | None:
    name = _tail(node.func)
    owner = _tail(node.func.value) if isinstance(node.func, ast.Attribute) else ""
    if name in _EXITS:
        return None if _is_success(node) else "exits"
    if name in _RECORDING and _COLLECTORS.search(owner):
        return "warns" if owner.lower().startswith("warn") else "records an error"
    if _ERROR_CALLS.match(name):
        return "exits" if owner.endswith("parser") else "records an error"
    if _WARN_CALLS.match(name):
        return "warns"
    return None


def _is_success(node: ast.expr) -> bool:
    """`typer.Exit(code=0)`, `sys.exit()`: the end of a run that went well."""
    if not isinstance(node, ast.Call):
        return _tail(node) in ("SystemExit", "Exit", "StopIteration")
    if _tail(node.func) not in (*_EXITS, "SystemExit", "Exit"):
        return False
    given = [*node.args, *(k.value for k in node.keywords)]
    return all(isinstance(a, ast.Constant) and a.value in (0, None) for a in given)


def _tail(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


@functools.lru_cache(maxsize=4096)
def _checker_node(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    if not _CHECKER.search(node.name):
        return False
    return any(isinstance(inner, ast.stmt) and _rejects(inner) is not None for inner in ast.walk(node))


def is_checker(fn: Function) -> bool:
    """A function whose name and body say that it validates: what happens to a key inside is a check."""
    return not isinstance(fn.node, ast.Lambda) and _checker_node(fn.node)


def condition(m: Machine, test: Value, tests: list[Test], node: ast.AST, rejects: str | None) -> None:
    """A test decided nothing by itself: its keys are checked if a branch rejects, else they steer the run.

    What points to the subtree of a key may be its own value, whatever else was asked about the key on the way.
    """
    if m.inside_surface:
        return
    site = m.site(node)
    own = {held.key for held in test.nodes()}
    for key, tags in test.origins.items():
        if key.wild or not key.path:
            continue
        kinds = [t for t in tests if key in t.keys]
        if rejects is not None or m.checking:
            how = rejects or "records an error"
            if TEXT in tags and not kinds:
                continue
            for one in kinds:
                values = tuple(_plain(v) for v in one.values)
                m.observe(events.Check(key, site, one.kind, how, m.frame.name, values))
            if not kinds:
                m.observe(events.Check(key, site, "type" if TYPED in tags else "custom", how, m.frame.name))
        elif tags & {TYPED, PRESENCE, TEXT} and key not in own:
            m.observe(events.Use(key, site, events.TYPE_TEST, "type or presence test"))
        else:
            m.observe(events.Use(key, site, events.CONTROL, "control flow"))


def _plain(value: object) -> object:
    try:
        hash(value)
    except TypeError:
        return repr(value)
    return value
