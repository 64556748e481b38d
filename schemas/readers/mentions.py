"""Every name that a package's code could read a config value by: attributes, text keys, keywords, parameters."""

from __future__ import annotations

import ast

from .program import Program

# A config class stores and a docstring describes what nothing reads.
_STORING = ("config",)


def mentions(program: Program) -> list[str]:
    """Names read anywhere in the program's packages, sorted: attribute loads, identifiers in text constants (not in
    docstrings), keyword arguments and parameters; stores alone do not count."""
    found: set[str] = set()
    for module in program.modules.values():
        stores_only = module.dotted.split(".")[-1] in _STORING
        docstrings = _docstrings(module.tree)
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                found.add(node.attr)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings:
                if node.value.isidentifier():
                    found.add(node.value)
            elif isinstance(node, ast.keyword | ast.arg) and node.arg and not stores_only:
                found.add(node.arg)
    return sorted(found)


def _docstrings(tree: ast.AST) -> set[ast.AST]:
    return {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
