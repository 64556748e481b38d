"""The scan behind `toml_reader`: offsets of keys, values and comments in a text that tomllib accepts."""

from __future__ import annotations

import contextlib
import re

from .build import Place

_BLANK = re.compile(r"[ \t\r\n]*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
_TEXTS = (
    r'"""(?:[^"\\]|\\[\s\S]|"(?!""))*"{3,5}',
    r"'''(?:[^']|'(?!''))*'{3,5}",
    r'"(?:[^"\\\n]|\\.)*"',
    r"'[^'\n]*'",
)
_TEXT = re.compile("|".join(_TEXTS))
_BARE = re.compile(r"[^,\]}#\r\n]*[^,\]}#\s]")
_DOT = re.compile(r"[ \t]*\.[ \t]*")


class Lost(Exception):
    """The scan met something that it does not know."""


def scan(text: str) -> _Scan:
    """The places and comments of a text; what lies behind a construct that the scan does not know is left out."""
    scanner = _Scan(text)
    with contextlib.suppress(Lost):
        scanner.document()
    return scanner


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.root = Place(0, len(text))
        self.root.parts = {}
        self.comments: list[tuple[int, int]] = []

    def document(self) -> None:
        table = self.root
        while True:
            self.blank()
            if self.at >= len(self.text):
                return
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)

    def blank(self) -> None:
        """Pass blanks, line breaks and comments."""
        while True:
            found = _BLANK.match(self.text, self.at)
            self.at = found.end() if found is not None else self.at
            if not self.text.startswith("#", self.at):
                return
            end = self.text.find("\n", self.at)
            end = len(self.text) if end < 0 else end
            self.comments.append((self.at, self.at + len(self.text[self.at : end].rstrip("\r"))))
            self.at = end

    def spaces(self) -> None:
        while self.text.startswith((" ", "\t"), self.at):
            self.at += 1

    def key(self) -> list[tuple[str, int, int]]:
        """The parts of a dotted key with their offsets."""
        import tomllib

        parts = []
        while True:
            found = _KEY.match(self.text, self.at)
            if found is None:
                raise Lost
            part = found.group()
            if part[0] in "\"'":
                part = tomllib.loads(f"key = {part}")["key"]
            parts.append((part, found.start(), found.end()))
            self.at = found.end()
            dot = _DOT.match(self.text, self.at)
            if dot is None:
                return parts
            self.at = dot.end()

    def header(self) -> Place:
        start = self.at
        array = self.text.startswith("[[", start)
        self.at += 2 if array else 1
        self.spaces()
        parts = self.key()
        self.spaces()
        self.expect("]]" if array else "]")
        table = self.root
        for name, key_start, key_end in parts[:-1]:
            table = self.step(table, name, key_start, key_end)
        name, key_start, key_end = parts[-1]
        if not array:
            return self.step(table, name, key_start, key_end)
        fields = self.fields(table)
        group = fields.get(name)
        if group is None:
            group = fields[name] = Place(key_start, key_end, key_start, key_end)
            group.parts = []
        if not isinstance(group.parts, list):
            raise Lost
        item = Place(start, self.at)
        item.parts = {}
        group.parts.append(item)
        return item

    def step(self, table: Place, name: str, key_start: int, key_end: int) -> Place:
        """The table of that name below a table, made where it is first named; of an array of tables, its last item."""
        fields = self.fields(table)
        inner = fields.get(name)
        if inner is None:
            inner = fields[name] = Place(key_start, key_end, key_start, key_end)
            inner.parts = {}
        if isinstance(inner.parts, list) and inner.parts:
            return inner.parts[-1]
        return inner

    def fields(self, table: Place) -> dict[str, Place]:
        if not isinstance(table.parts, dict):
            raise Lost
        return table.parts

    def pair(self, table: Place) -> None:
        parts = self.key()
        self.spaces()
        self.expect("=")
        self.spaces()
        for name, key_start, key_end in parts[:-1]:
            table = self.step(table, name, key_start, key_end)
        value = self.value()
        name, value.key_start, value.key_end = parts[-1]
        self.fields(table)[name] = value

    def value(self) -> Place:
        start = self.at
        place = Place(start, start)
        if self.text.startswith("[", start):
            self.at += 1
            place.parts = []
            self.blank()
            while not self.text.startswith("]", self.at):
                place.parts.append(self.value())
                self.separator()
            self.at += 1
        elif self.text.startswith("{", start):
            self.at += 1
            place.parts = {}
            self.blank()
            while not self.text.startswith("}", self.at):
                self.pair(place)
                self.separator()
            self.at += 1
        else:
            found = _TEXT.match(self.text, start) or _BARE.match(self.text, start)
            if found is None:
                raise Lost
            self.at = found.end()
        place.end = self.at
        return place

    def separator(self) -> None:
        self.blank()
        if self.text.startswith(",", self.at):
            self.at += 1
            self.blank()
        elif not self.text.startswith(("]", "}"), self.at):
            raise Lost

    def expect(self, token: str) -> None:
        if not self.text.startswith(token, self.at):
            raise Lost
        self.at += len(token)
