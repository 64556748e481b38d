"""Known config shapes, and which one a document has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from . import names
from .base import Dialect
from .gliner import Gliner
from .trainer import Trainer

if TYPE_CHECKING:
    from ..documents.document import Document

DIALECTS: dict[str, Dialect] = {"gliner": Gliner(), "trainer": Trainer()}


def recognise(data: Any) -> tuple[str | None, Dialect | None]:
    """The name of a document's dialect and the dialect itself.

    (None, None) is no training config; (name, None) is another tool's training config, which is left alone.
    """
    if not isinstance(data, Mapping):
        return None, None
    keys = {"on" if key is True else key for key in data}
    if any(all(name in keys for name in group) for group in names.NOT_TRAINING):
        return None, None
    gliner = DIALECTS["gliner"]
    if gliner.recognise(data):
        return gliner.name, gliner
    for name, groups in names.FOREIGN.items():
        if any(all(key in keys for key in group) for group in groups):
            return name, None
    trainer = DIALECTS["trainer"]
    return (trainer.name, trainer) if trainer.recognise(data) else (None, None)


def outline(document: Document) -> Mapping[Any, Any]:
    """What can be said of a document's shape: its mapping, or, where no loader takes it, the keys of its
    text that are indented least (JSON indents all) with the deeper ones below them. Empty when it holds none."""
    value = document.data if document.data is not None or document.root is None else document.root.value
    if isinstance(value, Mapping):
        return value
    if document.root is not None and not document.problems:
        return {}
    lines = list(re.finditer(r"^([ \t]*)[\"']?([A-Za-z_][\w-]*)[\"']?[ \t]*[:=](?:\s|$)", document.text, re.MULTILINE))
    margin = min((len(line[1]) for line in lines), default=0)
    found: dict[str, dict[str, None]] = {}
    inside: dict[str, None] = {}
    for line in lines:
        if len(line[1]) > margin:
            inside[line[2]] = None
        else:
            inside = found.setdefault(line[2], {})
    return found
