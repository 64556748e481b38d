"""Branches that a key decides: `if args.resume: resume_from_checkpoint = last()` gives the parameter by another name.

The value that arrives is not the key's, and yet the key is what the user sets to get it.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING

from . import events
from .choices import chooses, parts, presence

if TYPE_CHECKING:
    from .flow import EntryFlow, KeyFlow
    from .machine import Machine
    from .project import Module
    from .values import Site


def governs(m: Machine, key: KeyFlow, param: str, entry: EntryFlow) -> bool:
    """Whether the key, without being handed over as `param`, decides what `param` gets.

    It does when it decides the argument itself, when it is an argument of a method of that name
    (`model.push_to_hub(key)`), when a branch that tests it writes a name, an attribute, an item or an argument of
    that name, and when the constants that arrive stand under a test of it.
    """
    for use in key.other_uses:
        if use.category == events.CONTROL and use.what.startswith(f"decides {param} of "):
            return True
        if use.category == events.CALL and use.what.endswith(f".{param}"):
            return True
        if use.category in (events.CONTROL, events.TYPE_TEST) and param in _written_under(m, use.site):
            return True
    return chooses(m, key, param, entry)


def _written_under(m: Machine, site: Site) -> set[str]:
    """Names that the branches of the test at a site write. One that only asks whether there is a value does not decide
    a constant, nor what is read elsewhere: the value should have gone there."""
    found: set[str] = set()
    for module in m.project.modules.values():
        if module is None or module.file != site.file:
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.If | ast.IfExp) and holds(module, node.test, site):
                sides = [[node.body], [node.orelse]] if isinstance(node, ast.IfExp) else [node.body, node.orelse]
                asked = [part for part in parts(node.test) if holds(module, part, site)]
                asks = bool(asked) and all(map(presence, asked))
                for side in sides:
                    found |= {name for part in side for name in _names(part)} - (_unrelated(side) if asks else set())
        break
    return found


def holds(module: Module, test: ast.expr, site: Site) -> bool:
    """Whether a site lies in a test."""
    place = module.site(test)
    start, end = (place.line, place.column), (place.end_line, place.end_column)
    return start <= (site.line, site.column) and (site.end_line, site.end_column) <= end


def _names(branch: ast.AST) -> set[str]:
    """Names, attributes and items that are written, and keywords of calls."""
    found: set[str] = set()
    for node in ast.walk(branch):
        if isinstance(node, ast.keyword) and node.arg is not None:
            found.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            found.add(node.attr)
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
                found.add(node.slice.value)
        elif isinstance(node, ast.Dict):
            found |= {k.value for k in node.keys if isinstance(k, ast.Constant) and isinstance(k.value, str)}
    return found


def _unrelated(branch: Sequence[ast.AST]) -> set[str]:
    """Names and items that a branch sets to a constant which is no switch, or to what it merely reads elsewhere."""
    found: set[str] = set()
    held: dict[str, bool] = {}
    for node in (node for part in branch for node in ast.walk(part)):
        pairs: list[tuple[ast.expr | None, ast.expr]] = []
        if isinstance(node, ast.Assign):
            pairs = [(target, node.value) for target in node.targets]
        elif isinstance(node, ast.Dict):
            pairs = list(zip(node.keys, node.values, strict=True))
        elif isinstance(node, ast.keyword) and node.arg is not None:
            pairs = [(ast.Constant(node.arg), node.value)]
        for target, value in pairs:
            name = target.slice if isinstance(target, ast.Subscript) else target
            idle = _is_value(value) or _is_read(value) or (isinstance(value, ast.Name) and held.get(value.id, False))
            if isinstance(target, ast.Name):
                held[target.id] = idle
            if not idle:
                continue
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                found.add(name.value)
            elif isinstance(name, ast.Name | ast.Attribute):
                found.add(name.id if isinstance(name, ast.Name) else name.attr)
    return found


def _is_value(node: ast.expr) -> bool:
    try:
        return not isinstance(ast.literal_eval(node), bool)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False


def _is_read(node: ast.expr) -> bool:
    """`cfg.other`, `cfg["other"]`: no call, no name that may hold the outcome of one."""
    return isinstance(node, ast.Attribute) or (isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant))
