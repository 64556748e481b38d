"""What the user wrote: YAML, JSON and TOML files as nodes with positions, valued as the loader values them."""

from __future__ import annotations

from .document import PROBLEMS, Comment, Document, Problem
from .load import load, read
from .node import MAPPING, SCALAR, SEQUENCE, Node, Path, Source, Span, dotted

__all__ = [
    "MAPPING",
    "PROBLEMS",
    "SCALAR",
    "SEQUENCE",
    "Comment",
    "Document",
    "Node",
    "Path",
    "Problem",
    "Source",
    "Span",
    "dotted",
    "load",
    "read",
]
