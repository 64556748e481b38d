"""Arguments that the code itself fits to the library in use: it asks for the signature, or catches the refusal."""

from __future__ import annotations

import ast
import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..audit.trace.flow import Call

_ASKS = re.compile(
    r"\bsignature\(|\bgetfullargspec\(|__dataclass_fields__|\bfields\(|__code__"
    r"|\b(?:transformers|trl|peft|gliner)\.__version__"
)
_REFUSALS = ("TypeError", "Exception", "BaseException")


def probed(text: str, call: Call, written: bool) -> bool:
    """Whether the call gets an argument only where the version takes it; `written` says that it stands at the call.

    A name that is spread in is fitted where its dict is filled: under a test of the signature, the fields or the
    version. One that is written at the call is fitted where the same call stands in the handler of its refusal.
    """
    if not written and _ASKS.search(text) is not None:
        return True
    tree = _parsed(text)
    if tree is None:
        return False
    here = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and _at(n, call.site.line, call.site.column)]
    return any(_caught(tree, node) for node in here)


def _at(node: ast.expr, line: int, column: int) -> bool:
    return node.lineno == line and node.col_offset <= column - 1


def _caught(tree: ast.AST, call: ast.Call) -> bool:
    callee = ast.unparse(call.func)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Try) or not any(call is inner for one in node.body for inner in ast.walk(one)):
            continue
        for handler in node.handlers:
            caught = ast.unparse(handler.type) if handler.type is not None else "Exception"
            again = (n for one in handler.body for n in ast.walk(one) if isinstance(n, ast.Call))
            if any(word in caught for word in _REFUSALS) and any(ast.unparse(n.func) == callee for n in again):
                return True
    return False


@functools.lru_cache(maxsize=16)
def _parsed(text: str) -> ast.AST | None:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError):
        return None
