"""Looking things up: tables that a key chooses from, and parts of what a call made."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from . import events
from .values import CAST, MINGLED, UNKNOWN, Value, derived

if TYPE_CHECKING:
    from .machine import Machine


def table_lookup(
    m: Machine, container: Value, index: Value, default: Value | None, text: str, node: ast.AST, raises: bool
) -> None:
    """Notes `TABLE[key value]`: values that the table lacks become something else."""
    keys: list[Any] = []
    for _, obj in m.objects(container):
        if obj.kind != "dict" or obj.base is not None or obj.rest is not None:
            return
        keys += obj.fields
    if not keys:
        return
    only = default.only if default is not None else None
    for key, tags in index.origins.items():
        if default is not None and key in default.origins:
            continue  # `ALIASES.get(name, name)`: what the table lacks stays as it is
        if not key.wild and tags <= {CAST, "attribute"} | {t for t in tags if t.startswith("method:")}:
            m.observe(events.Mapping(key, m.site(node), tuple(keys), only, text, raises))


def part(m: Machine, whole: Value, tag: str, node: ast.AST) -> Value:
    """A part of a value that comes from keys. Of what code that is not at hand made of several keys, nobody can tell
    whose part it is."""
    if len(whole.origins) == 1 or not all(MINGLED in tags for tags in whole.origins.values()):
        return derived([whole], tag)
    for key in whole.origins:
        if key.path:
            m.escape_key(key, "a part of what a call made of it and of others", m.site(node), whole=True)
    return UNKNOWN
