"""From the composed YAML tree to nodes: the short way, for the plain mappings, lists and scalars of most configs.

Whatever goes beyond (aliases, merge keys, other tags, keys that are no text, scalars that do not convert) is left to
`yaml_general`, which asks PyYAML's SafeConstructor for every value.
"""

from __future__ import annotations

import re
from typing import Any, Final

from yaml.constructor import SafeConstructor
from yaml.nodes import MappingNode, ScalarNode, SequenceNode
from yaml.nodes import Node as YamlNode

from .document import Problem
from .node import MAPPING, SCALAR, SEQUENCE, Node, Source

MAX_DEPTH: Final = 200
"""Levels of nesting that are followed; `yaml.safe_load` itself gives up below 500 (RecursionError)."""

_STR = "tag:yaml.org,2002:str"
_INT = "tag:yaml.org,2002:int"
_MAP = "tag:yaml.org,2002:map"
_SEQ = "tag:yaml.org,2002:seq"
_CONVERT: dict[str, Any] = {
    tag: SafeConstructor.yaml_constructors[tag]
    for tag in (f"tag:yaml.org,2002:{name}" for name in ("null", "bool", "int", "float", "timestamp", "binary"))
}
_PROPERTIES = re.compile(r"(?:[&!]\S*(?:\s+(?:#[^\r\n]*)?)*)+")


class Refused(Exception):
    """The tree cannot be followed to its end; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Uncommon(Exception):
    """Something that the short way does not model."""


def build(top: YamlNode, source: Source) -> tuple[Node, list[Problem]]:
    """The root node of a composed document, and its problems. Refused when it is too deep, too large or recursive."""
    text = source.text
    if not ("*" in text and "&" in text):
        short = _Short(source)
        try:
            return short.node(top, -1, -1, 0), short.problems
        except _Uncommon:
            pass
    from .yaml_general import build_general

    return build_general(top, source)


def too_deep(source: Source, at: int) -> Problem:
    """The problem of a tree nested beyond MAX_DEPTH."""
    help = "The loader recurses into every level and stops with RecursionError before long."
    return Problem("too-deep", f"Nested deeper than {MAX_DEPTH} levels", source.span(at, at), help)


def duplicate(source: Source, name: str, key: tuple[int, int], first: tuple[int, int]) -> Problem:
    """The problem of a key that stands twice; `key` and `first` are the offsets of the later and the earlier one."""
    span, related = source.span(*key), source.span(*first)
    message = f"`{name}` stands twice: the loader silently keeps this one and drops the one in line {related.line}"
    return Problem("duplicate-key", message, span, "Remove one of the two.", related)


def extent(node: YamlNode, text: str) -> tuple[int, int]:
    """The offsets of a value without its anchor and tag.

    The end mark of a block scalar lies after the blank lines that follow it: they count only where `+` keeps them.
    For block collections only the start is exact here; they end with their last child.
    """
    start, end = node.start_mark.index, node.end_mark.index
    if start < end and text[start] in "&!":
        found = _PROPERTIES.match(text, start, end)
        start = found.end() if found is not None else start
    if isinstance(node, ScalarNode) and node.style in ("|", ">"):
        head = text[start:end].partition("\n")[0]
        if "+" not in head.partition("#")[0]:
            end = start + len(text[start:end].rstrip("\r\n"))
    return start, end


class _Short:
    """Builds nodes and their values in one walk."""

    __slots__ = ("constructor", "plain", "problems", "source")

    def __init__(self, source: Source) -> None:
        self.source = source
        self.constructor = SafeConstructor()
        self.problems: list[Problem] = []
        self.plain = "&" not in source.text and "!" not in source.text

    def node(self, node: YamlNode, key_start: int, key_end: int, depth: int) -> Node:
        if isinstance(node, ScalarNode):
            return self.scalar(node, key_start, key_end)
        if depth >= MAX_DEPTH:
            raise Refused(too_deep(self.source, node.start_mark.index))
        start, end = (node.start_mark.index, node.end_mark.index) if self.plain else extent(node, self.source.text)
        tag = node.tag
        if isinstance(node, MappingNode):
            if tag != _MAP:
                raise _Uncommon
            children = self.fields(node, depth + 1)
            if not node.flow_style and children:
                end = max(child._end for child in children.values())
            values = {name: child.value for name, child in children.items()}
            return Node(MAPPING, values, children, "", self.source, start, end, key_start, key_end)
        if tag != _SEQ or not isinstance(node, SequenceNode):
            raise _Uncommon
        items = [self.node(item, -1, -1, depth + 1) for item in node.value]
        if not node.flow_style and items:
            end = max(start + 1, items[-1]._end)
        return Node(SEQUENCE, [item.value for item in items], items, "", self.source, start, end, key_start, key_end)

    def fields(self, node: MappingNode, depth: int) -> dict[str, Node]:
        children: dict[str, Node] = {}
        for key, value in node.value:
            if key.tag != _STR or not isinstance(key, ScalarNode):
                raise _Uncommon
            name = key.value
            start, end = (key.start_mark.index, key.end_mark.index) if self.plain else extent(key, self.source.text)
            child = self.node(value, start, end, depth)
            if name in children:
                earlier = children[name]
                self.problems.append(duplicate(self.source, name, (start, end), (earlier._key_start, earlier._key_end)))
            children[name] = child
        return children

    def scalar(self, node: ScalarNode, key_start: int, key_end: int) -> Node:
        tag, value, style = node.tag, node.value, node.style or ""
        if tag == _STR:
            pass
        elif tag == _INT and value.isdecimal() and value[0] != "0":
            value = int(value)
        elif tag in _CONVERT:
            try:
                value = _CONVERT[tag](self.constructor, node)
            except Exception as error:  # whatever the constructor raises, the loader raises too
                raise _Uncommon from error
        else:
            raise _Uncommon
        if self.plain and style not in ("|", ">"):
            start, end = node.start_mark.index, node.end_mark.index
        else:
            start, end = extent(node, self.source.text)
        return Node(SCALAR, value, (), style, self.source, start, end, key_start, key_end)
