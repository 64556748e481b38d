"""The values of a YAML tree, as SafeConstructor makes them; and what can be saved where it refuses."""

from __future__ import annotations

from typing import Any

from yaml.constructor import ConstructorError, SafeConstructor
from yaml.nodes import Node as YamlNode
from yaml.nodes import ScalarNode

from .document import Problem
from .node import MAPPING, SCALAR, Node, Source
from .yaml_tree import extent

_CODES = (
    ("unhashable key", "unhashable-key", "A list or a mapping cannot be a key", "Write the key as a text."),
    ("for merging", "bad-merge", "`<<` takes a mapping or a list of mappings", "Let `<<` name an anchored mapping."),
    ("could not determine a constructor", "unknown-tag", "", "yaml.safe_load knows only the tags of YAML itself."),
    ("recursive", "recursive-alias", "The value contains itself", "Write the value out."),
)


def fill(top: YamlNode, made: list[tuple[Node, YamlNode]], source: Source) -> list[Problem]:
    """Give every node its value; the problem when the loader refuses (then values are only what could be saved)."""
    constructor = SafeConstructor()
    try:
        values = _construct(constructor, top)
    except Exception as error:  # ConstructorError, and ValueError, KeyError … from the conversion of a scalar
        for node, origin in made:
            node.value = _saved(node, origin)
        return [_refusal(error, made, source)]
    for node, origin in made:
        # a mapping that stands under `<<` itself is never made: its fields go into the mapping around it
        node.value = values[origin] if origin in values else _saved(node, origin)
    return []


def _construct(constructor: Any, top: YamlNode) -> dict[YamlNode, Any]:
    """All values by composed node: `BaseConstructor.construct_document` (PyYAML), which throws them away at its end."""
    constructor.construct_object(top)
    while constructor.state_generators:
        generators, constructor.state_generators = constructor.state_generators, []
        for generator in generators:
            for _ in generator:
                pass
    return dict(constructor.constructed_objects)


def _saved(node: Node, origin: YamlNode) -> Any:
    if node.kind == SCALAR:
        try:
            return SafeConstructor().construct_object(origin)
        except Exception:  # this scalar is what the loader refuses
            return None
    if node.kind == MAPPING:
        return {name: child.value for name, child in node.items()}
    return [child.value for _, child in node.items()]


def _refusal(error: Exception, made: list[tuple[Node, YamlNode]], source: Source) -> Problem:
    if not isinstance(error, ConstructorError) or error.problem_mark is None:
        return _unconvertible(error, made, source)
    detail = f"{error.context or ''} {error.problem}"
    at = error.problem_mark.index
    span = source.span(at, at)
    for _, origin in made:
        if origin.start_mark.index == at:
            start, end = extent(origin, source.text) if isinstance(origin, ScalarNode) else (at, at)
            span = source.span(min(at, start), end)
    for part, code, message, help in _CODES:
        if part in detail:
            return Problem(code, message or f"The loader refuses the tag: {error.problem}", span, help)
    return Problem("bad-value", f"The loader refuses the value: {error.problem}", span)


def _unconvertible(error: Exception, made: list[tuple[Node, YamlNode]], source: Source) -> Problem:
    """The problem of the scalar on which the conversion stumbles (`!!int x`, `2024-13-45`)."""
    for node, origin in made:
        if node.kind == SCALAR:
            try:
                SafeConstructor().construct_object(origin)
            except Exception:  # found it
                message = f"The loader cannot convert `{node.raw}`: {type(error).__name__}: {error}"
                return Problem("bad-value", message, node.span, "Quote it if a text is meant.")
    return Problem("bad-value", f"The loader fails: {type(error).__name__}: {error}", source.span(0, 0))
