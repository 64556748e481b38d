"""JSON as `json.loads` reads it, with positions.

`json.loads` decides what is accepted and what every value is (NaN and Infinity included, the last of equal keys wins).
The positions come from an own scan of the accepted text: JSON is no subset of YAML (tabs, `\\/`, surrogate pairs), so
the YAML composer cannot place it.
"""

from __future__ import annotations

import json
import re
from typing import Any

from .build import Place, join
from .document import Document, Problem, not_a_mapping
from .node import SEQUENCE, Node, Source

_TOKEN = re.compile(r'[ \t\n\r]*("(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+)')
_BLANKS = " \t\r\n"


def read_json(path: str, text: str) -> Document:
    """The document of a JSON text (without byte order mark)."""
    source = Source(text)
    if not text.strip(_BLANKS):
        empty = not_a_mapping(None, source)
        return Document(path, "json", source, None, (empty,) if empty else (), False)
    try:
        value = json.loads(text)
        scan = _Scan(source)
        # nobody asks for the places inside of a list: it is data, and may be large
        root = join(value, scan.value(), source) if not isinstance(value, list) else _list(value, source)
    except json.JSONDecodeError as error:
        return Document(path, "json", source, None, (_refusal(error, source),), False)
    except RecursionError:
        problem = Problem("too-deep", "Nested deeper than the loader can follow", source.span(0, 0))
        return Document(path, "json", source, None, (problem,), False)
    except ValueError as error:  # an integer of more digits than Python converts
        problem = Problem("bad-value", f"The loader fails: {error}", source.span(0, 0))
        return Document(path, "json", source, None, (problem,), False)
    missing = not_a_mapping(root, source)
    return Document(path, "json", source, root, (*scan.problems, *([missing] if missing else [])), True)


def _list(value: list[Any], source: Source) -> Node:
    text = source.text
    start, end = len(text) - len(text.lstrip(_BLANKS)), len(text.rstrip(_BLANKS))
    return Node(SEQUENCE, value, (), "", source, start, end, -1, -1)


def _refusal(error: json.JSONDecodeError, source: Source) -> Problem:
    at = min(error.pos, len(source.text))
    line = source.text[at : at + 1]
    span = source.span(at, at + 1 if line and line not in "\r\n" else at)
    help = None
    if source.text.startswith("//", at) or source.text.startswith("/*", at) or line == "#":
        help = "JSON has no comments."
    elif "double quotes" in error.msg and line in ("}", "'"):
        help = "JSON takes no comma before a closing brace, and only double quotes."
    return Problem("syntax", f"Not valid JSON: {error.msg}", span, help)


class _Scan:
    """Places of all values of a text that `json.loads` accepts."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.at = 0
        self.problems: list[Problem] = []

    def token(self) -> tuple[str, int, int]:
        found = _TOKEN.match(self.source.text, self.at)
        if found is None:
            raise AssertionError(f"no JSON token at offset {self.at} of a text that json.loads accepts")
        self.at = found.end()
        return found.group(1), found.start(1), found.end(1)

    def peek(self) -> str:
        at = self.at
        token = self.token()[0]
        self.at = at
        return token

    def value(self) -> Place:
        token, start, end = self.token()
        place = Place(start, end)
        if token == "{":
            place.parts = self.fields()
        elif token == "[":
            place.parts = self.items()
        place.end = self.at
        return place

    def fields(self) -> dict[str, Place]:
        fields: dict[str, Place] = {}
        if self.peek() == "}":
            self.token()
            return fields
        while True:
            text, start, end = self.token()
            name: str = json.loads(text)
            self.token()
            part = self.value()
            part.key_start, part.key_end = start, end
            if name in fields:
                from .yaml_tree import duplicate

                earlier = fields[name]
                first = (earlier.key_start, earlier.key_end)
                self.problems.append(duplicate(self.source, name, (start, end), first))
            fields[name] = part
            if self.token()[0] == "}":
                return fields

    def items(self) -> list[Place]:
        items: list[Place] = []
        if self.peek() == "]":
            self.token()
            return items
        while True:
            items.append(self.value())
            if self.token()[0] == "]":
                return items
