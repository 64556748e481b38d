"""YAML 1.2's core schema: what loaders such as ruamel.yaml make of plain scalars, where PyYAML reads YAML 1.1.

`1e-5` is a number, `no` and `off` are text, `010` is ten and `0o10` eight, `12:30:00` and `1_000` are text.
"""

from __future__ import annotations

import re

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_INT = r"[-+]?[0-9]+"
_RADIX = r"0o[0-7]+|0x[0-9a-fA-F]+"
_FLOAT = r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
_TAG = "tag:yaml.org,2002:"


def retag(top: Node, text: str) -> None:
    """Give every plain scalar of a composed tree the tag of the core schema, in place.

    Where the two versions spell a number differently the text becomes the one that YAML 1.1 reads as the same number.
    Scalars with a tag of their own and merge keys stay as they are.
    """
    seen: set[int] = set()
    waiting = [top]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, MappingNode):
            waiting += [part for pair in node.value for part in pair]
        elif isinstance(node, SequenceNode):
            waiting += node.value
        elif isinstance(node, ScalarNode) and not node.style and not _tagged(node, text):
            node.tag, node.value = _core(node)


def _tagged(node: ScalarNode, text: str) -> bool:
    start = text[node.start_mark.index : node.end_mark.index]
    return node.tag == f"{_TAG}merge" or re.match(r"(?:&\S+\s+)?!", start) is not None


def _core(node: ScalarNode) -> tuple[str, str]:
    value: str = node.value
    if value in ("", "~", "null", "Null", "NULL"):
        return f"{_TAG}null", value
    if value in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return f"{_TAG}bool", value
    if re.fullmatch(_INT, value):
        sign = "-" if value.startswith("-") else ""
        return f"{_TAG}int", sign + (value.lstrip("+-").lstrip("0") or "0")
    if re.fullmatch(_RADIX, value):
        return f"{_TAG}int", value.replace("0o", "0", 1)
    if re.fullmatch(_FLOAT, value):
        return f"{_TAG}float", value
    return f"{_TAG}str", value
