"""YAML trees with aliases, merge keys, uncommon tags or keys that are no text: positions of use and of anchor.

The composer hands out one node for an anchor and all its aliases, with the marks of the anchor. The positions of use
come from a second pass over the parser's events: the walk meets the aliases in the order of the events.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

import yaml
from yaml.constructor import SafeConstructor
from yaml.nodes import CollectionNode, MappingNode, ScalarNode, SequenceNode
from yaml.nodes import Node as YamlNode

from .document import Problem
from .node import MAPPING, SCALAR, SEQUENCE, Node, Source
from .yaml_tree import MAX_DEPTH, Refused, duplicate, extent, too_deep

MAX_COPIES = 50_000
"""Nodes that aliases may expand to before the file is refused."""

_STR = "tag:yaml.org,2002:str"
_VALUE = "tag:yaml.org,2002:value"
_MERGE = "tag:yaml.org,2002:merge"
_Offsets = tuple[int, int]


def build_general(top: YamlNode, source: Source) -> tuple[Node, list[Problem]]:
    """The root node and its problems. Refused when it is too deep, too large or recursive."""
    walk = _Walk(source)
    root = walk.node(top, (-1, -1), 0, None)
    from .yaml_values import fill

    walk.problems += fill(top, walk.made, source)
    return root, walk.problems


class _Walk:
    """Makes the nodes, in the order of the events; their values are filled in afterwards.

    `made` pairs each node with the composed node that holds its value.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.made: list[tuple[Node, YamlNode]] = []
        self.seen: set[int] = set()
        self.active: set[int] = set()
        self.copies = 0
        self.aliases = _alias_offsets(source.text)
        self.constructor = SafeConstructor()

    def node(self, node: YamlNode, key: _Offsets, depth: int, use: _Offsets | None) -> Node:
        """The node at its place; with `use`, a copy for the alias that stands there."""
        if depth >= MAX_DEPTH:
            raise Refused(too_deep(self.source, node.start_mark.index))
        if use is None:
            use = self.alias(node)
        if use is not None:
            self.count_copy(use)
        identity = id(node)
        if identity in self.active:
            message = "The alias stands inside of its own anchor: the value contains itself without end"
            span = self.source.span(*(use or extent(node, self.source.text)))
            raise Refused(Problem("recursive-alias", message, span, "Write the value out."))
        self.active.add(identity)
        made = self.make(node, key, depth, use)
        self.active.discard(identity)
        self.made.append((made, node))
        return made

    def alias(self, node: YamlNode) -> _Offsets | None:
        """The offsets of the alias that brought a node here, or None where the node itself stands here."""
        if id(node) in self.seen:
            return next(self.aliases)
        self.seen.add(id(node))
        return None

    def count_copy(self, use: _Offsets) -> None:
        self.copies += 1
        if self.copies > MAX_COPIES:
            message = f"Aliases expand to more than {MAX_COPIES} values"
            raise Refused(Problem("too-large", message, self.source.span(*use), "Aliases of aliases multiply."))

    def make(self, node: YamlNode, key: _Offsets, depth: int, use: _Offsets | None) -> Node:
        start, end = extent(node, self.source.text)
        kind, style = SCALAR, ""
        children: dict[str, Node] | list[Node] | tuple[()] = ()
        if isinstance(node, ScalarNode):
            style = node.style or ""
        elif isinstance(node, MappingNode):
            kind, children = MAPPING, self.fields(node, depth + 1, use)
        elif isinstance(node, SequenceNode):
            kind, children = SEQUENCE, [self.node(item, (-1, -1), depth + 1, use) for item in node.value]
        if isinstance(node, CollectionNode) and not node.flow_style:
            end = max([start + (kind == SEQUENCE), *self.ends(node)])
        here = use or (start, end)
        return Node(kind, None, children, style, self.source, *here, *key, (start, end) if use else None)

    def ends(self, node: YamlNode) -> Iterator[int]:
        """Where the last parts of a block collection end, aliases included only as far as the marks tell."""
        if not node.value:
            return
        last = node.value[-1]
        for part in last if isinstance(last, tuple) else (last,):
            if part.start_mark.index >= node.start_mark.index and part.end_mark.index <= node.end_mark.index:
                yield self.end(part)

    def end(self, node: YamlNode) -> int:
        if isinstance(node, CollectionNode) and not node.flow_style:
            return max([node.start_mark.index, *self.ends(node)])
        return extent(node, self.source.text)[1]

    def fields(self, node: MappingNode, depth: int, use: _Offsets | None) -> dict[str, Node]:
        merged: dict[str, Node] = {}
        own: dict[str, Node] = {}
        first: dict[Hashable, _Offsets] = {}
        for key, value in node.value:
            offsets = self.key_offsets(key, use)
            child = self.node(value, offsets, depth, use)
            if key.tag == _MERGE:
                parts = [child] if child.kind == MAPPING else [part for _, part in child.items()]
                for part in reversed(parts):
                    if part.kind == MAPPING:
                        merged.update((str(inner), field) for inner, field in part.items())
                continue
            made = self.key_value(key)
            name = made if isinstance(made, str) else self.odd_name(key, made, offsets, own, report=use is None)
            if made in first and use is None:
                self.problems.append(duplicate(self.source, name, offsets, first[made]))
            first[made] = offsets
            own[name] = child
        return merged | own

    def key_offsets(self, key: YamlNode, use: _Offsets | None) -> _Offsets:
        if use is not None:
            return use
        alias = self.alias(key)
        if alias is None and not isinstance(key, ScalarNode):
            self.pass_over(key)
        return alias or extent(key, self.source.text)

    def pass_over(self, node: YamlNode) -> None:
        """Meet the aliases inside of a key that is a collection, so that the next ones are counted right."""
        for part in node.value:
            for inner in part if isinstance(part, tuple) else (part,):
                if self.alias(inner) is None and not isinstance(inner, ScalarNode):
                    self.pass_over(inner)

    def key_value(self, key: YamlNode) -> Hashable:
        """What the loader makes of a key; a tuple with its place when it makes nothing that can be a key."""
        if isinstance(key, ScalarNode):
            if key.tag in (_STR, _VALUE):
                return str(key.value)
            try:
                made: Any = self.constructor.construct_object(key)
                hash(made)
                return made  # type: ignore[no-any-return]
            except Exception:  # the constructor refuses the key again, and that is reported there
                pass
        return ("refused", key.start_mark.index)

    def odd_name(self, key: YamlNode, made: Hashable, offsets: _Offsets, taken: dict[str, Node], report: bool) -> str:
        name = self.source.text[slice(*extent(key, self.source.text))]
        if report and not isinstance(made, tuple):
            what = {"bool": "the truth value", "NoneType": "", "int": "the number", "float": "the number"}
            value = f"{what.get(type(made).__name__, 'the value')} {made}".strip()
            message = f"The key `{name}` is no text: the loader makes it {value}"
            self.problems.append(Problem("non-string-key", message, self.source.span(*offsets), f'Quote it: "{name}".'))
        return f"{name} ({type(made).__name__})" if name in taken else name


def _alias_offsets(text: str) -> Iterator[_Offsets]:
    """The offsets of all aliases, in the order of the file. What the C parser refuses and Python's takes (a lone
    surrogate in an escape) is read by the latter."""
    try:
        found = _aliases(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        found = _aliases(text, yaml.SafeLoader)
    yield from found


def _aliases(text: str, loader: Any) -> list[_Offsets]:
    marks: list[Any] = [event for event in yaml.parse(text, Loader=loader) if isinstance(event, yaml.AliasEvent)]
    return [(event.start_mark.index, event.end_mark.index) for event in marks]
