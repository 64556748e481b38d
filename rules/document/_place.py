"""Which key a document's problem speaks of."""

from __future__ import annotations

from ...audit.documents.document import Document, Problem
from ...audit.documents.node import Path


def path_of(document: Document, problem: Problem) -> Path:
    """The path of the key at a problem's place or at its second place; the root when no key stands there."""
    spans = {problem.span, problem.related}
    for path, node in document.walk():
        if node.key_span is not None and node.key_span in spans:
            return path
    return ()
