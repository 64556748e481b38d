"""Values that only the run knows: nobody can look at one, and no finding hangs on one.

The examples of all rules serve as documents: with one value after another hidden, the rules may say less, never more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gliner_audit.audit.config import Config
from gliner_audit.audit.dialects import outline, recognise
from gliner_audit.audit.documents import load
from gliner_audit.audit.documents.document import Document
from gliner_audit.audit.documents.node import Node
from gliner_audit.audit.unknown import UNKNOWN, NotKnown, is_unknown
from gliner_audit.rules import build_index
from gliner_audit.rules.engine import findings
from gliner_audit.rules.rule import Example
from gliner_audit.schemas import catalog

NEWEST = {name: catalog.newest(name) for name in ("transformers", "gliner", "peft")}
LOOKS: dict[str, Callable[[Any], object]] = {
    "truth": bool,
    "equality": lambda one: one == 1,
    "reflected": lambda one: "epoch" in ("steps", one),
    "hash": lambda one: one in {1, 2},
    "order": lambda one: one < 1,
    "reflected order": lambda one: one > 1,
    "type": lambda one: isinstance(one, str),
    "types": lambda one: isinstance(one, (int, float)),
    "text": str,
    "formatted": lambda one: f"{one}",
    "number": float,
    "sum": lambda one: 1 + one,
    "product": lambda one: 2 * one,
    "length": len,
    "items": list,
    "attribute": lambda one: one.lower(),
}
EXAMPLES = [
    pytest.param(example, id=f"{rule.name}-{n}")
    for _, rule in build_index.modules()
    for n, example in enumerate((*rule.bad, *rule.good))
    if example.format == "yaml"
]


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_nobody_can_look_at_it(look: Callable[[Any], object]) -> None:
    with pytest.raises(NotKnown):
        look(UNKNOWN)


def test_it_says_only_what_it_is() -> None:
    assert is_unknown(UNKNOWN)
    assert not is_unknown(None)


class Shaped:
    """A dialect that knows the sections beforehand, as that of a call does."""

    def __init__(self, dialect: Any, data: Any) -> None:
        self._dialect, self._sections = dialect, dialect.sections(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._dialect, name)

    def sections(self, data: Any) -> Any:
        return self._sections


def said(document: Document, example: Example, dialect: Shaped) -> set[tuple[str, str | None, str]]:
    versions = NEWEST | dict(example.versions)
    config = Config(document, dialect, versions, closed=example.closed, casts=example.casts)
    return {(one.name, one.key, one.severity) for one in findings(document, config)}


def hiding(document: Document, path: tuple[Any, ...]) -> Document:
    """The document with UNKNOWN at one path."""

    def step(node: Node, rest: tuple[Any, ...]) -> Node:
        if not rest:
            return node.holding(UNKNOWN)
        children = {name: step(inner, rest[1:]) if name == rest[0] else inner for name, inner in node.items()}
        whole = node.holding(None)
        whole.kind, whole.children, whole.value = node.kind, children, {n: c.value for n, c in children.items()}
        return whole

    assert document.root is not None
    return Document(document.path, document.format, document.source, step(document.root, path), (), True)


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_hidden_value_adds_no_finding(example: Example) -> None:
    document = load("example.yaml", example.text, "yaml")
    _, dialect = recognise(outline(document))
    if dialect is None or document.problems or document.root is None:
        pytest.skip("no config that a dialect knows")
    shaped = Shaped(dialect, document.data)
    shown = said(document, example, shaped)
    for section, value in document.data.items():
        paths = [(section, key) for key in value if isinstance(key, str)] if isinstance(value, dict) else [(section,)]
        for path in paths:
            assert said(hiding(document, path), example, shaped) <= shown, path
