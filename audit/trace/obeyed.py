"""Switches that a script obeys by what it does itself: `if cfg["do_eval"]: trainer.evaluate()` needs no parameter."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from . import events
from .governed import holds

if TYPE_CHECKING:
    from .flow import KeyFlow
    from .machine import Machine
    from .project import Module
    from .values import Site

_STEPS = frozenset({"do_train", "do_eval", "do_predict", "push_to_hub"})
"""Parameters that ask for a step which a script can take itself, or leave out, under a branch of its own."""
_CHECKPOINT = "resume_from_checkpoint"
_TAKES_UP = ("load", "restore", "from_pretrained")
"""How the calls begin that bring back what an earlier run has left."""


def obeyed(m: Machine, key: KeyFlow, param: str) -> bool:
    """Whether a branch of the script itself does what the parameter would ask for.

    A step under a branch is taken or not, whatever the branch holds. To start from a checkpoint, a branch has to bring
    one along: it loads something, or it writes a name that the code after it reads; a check that one is there does not.
    """
    if param not in _STEPS and param != _CHECKPOINT:
        return False
    tests = [use.site for use in key.other_uses if use.category == events.CONTROL]
    for module in m.project.modules.values():
        if module is None or module.library:
            continue
        sites = [site for site in tests if site.file == module.file]
        if sites and (param in _STEPS or any(_brings(module, site) for site in sites)):
            return True
    return False


def _brings(module: Module, site: Site) -> bool:
    for scope in _scopes(module.tree):
        for node in _own(scope):
            if isinstance(node, ast.IfExp) and holds(module, node.test, site):
                return True
            if not isinstance(node, ast.If) or not holds(module, node.test, site):
                continue
            inside = [inner for part in (*node.body, *node.orelse) for inner in ast.walk(part)]
            if any(isinstance(inner, ast.Call) and _takes_up(inner) for inner in inside):
                return True
            written = {one.id for one in inside if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
            if _read_after(scope, node) & written or any(isinstance(inner, ast.Return) for inner in inside):
                return True
    return False


def _scopes(tree: ast.Module) -> Iterator[ast.AST]:
    yield tree
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _own(scope: ast.AST) -> Iterator[ast.AST]:
    """What a scope holds outside the functions in it."""
    for node in ast.iter_child_nodes(scope):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
            yield from _own(node)


def _takes_up(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return bool(name.startswith(_TAKES_UP))


def _read_after(scope: ast.AST, branch: ast.If) -> set[str]:
    end = branch.end_lineno or branch.lineno
    names = (node for node in ast.walk(scope) if isinstance(node, ast.Name) and node.lineno > end)
    return {node.id for node in names if isinstance(node.ctx, ast.Load)}
