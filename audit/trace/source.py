"""Parsed source and the text of its parts, each made once."""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=160)
def parse(text: str) -> ast.Module:
    """The tree of a text; the same text gives the same tree, which nobody changes.

    Raises SyntaxError, ValueError and RecursionError as `ast.parse` does.
    """
    return ast.parse(text)


def unparse(node: ast.AST) -> str:
    """`ast.unparse`, kept with the node: a test that is met again is not written again."""
    kept: Any = node
    try:
        text: str = kept.unparsed
    except AttributeError:
        text = kept.unparsed = ast.unparse(node)
    return text
