"""What a violation of a parameter's schema says, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...audit.config import Config, Violation
from ...audit.documents.node import dotted
from ...schemas.surface import Parameter
from ...schemas.validate import is_valid
from ._number import meant

NOUNS = {
    "null": "null",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "string": "text",
    "array": "a list",
    "object": "a mapping",
}


def violations(config: Config, keywords: tuple[str, ...]) -> Iterator[tuple[Violation, Parameter, Any]]:
    """The violations of these keywords that are no text numbers, with the parameter and the value."""
    for violation in config.structural:
        if violation.keyword not in keywords:
            continue
        parameter = config.parameter(violation.target.parameter, violation.target.role)
        value = config.settings_value(violation.path)
        if parameter is not None and meant(value, parameter.schema) is None:
            yield violation, parameter, value


def yaml_word(config: Config, violation: Violation) -> str | None:
    """The plain word (`no`, `off`) that YAML 1.1 makes a truth value where the schema takes that very text, or None."""
    parameter = config.parameter(violation.target.parameter, violation.target.role)
    node = config.document.node(violation.path)
    if parameter is None or node is None or not isinstance(node.value, bool) or node.raw.lower() in ("true", "false"):
        return None
    return node.raw if is_valid(parameter.schema, node.raw) else None


def types(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """The JSON types that a schema takes, alternatives included."""
    found: dict[str, None] = {}
    listed = schema.get("type", ())
    found.update(dict.fromkeys([listed] if isinstance(listed, str) else listed))
    for option in schema.get("anyOf", ()):
        found.update(dict.fromkeys(types(option)))
    for choice in schema.get("enum", ()):
        found.setdefault("null" if choice is None else "string" if isinstance(choice, str) else "number")
    return tuple(found)


def wanted(schema: Mapping[str, Any]) -> str:
    """What a schema takes, in words: "a number or null"."""
    nouns = [NOUNS[name] for name in types(schema) if name in NOUNS]
    if "a number" in nouns and "a whole number" in nouns:
        nouns.remove("a whole number")
    return " or ".join(nouns) if nouns else "another kind of value"


def where(config: Config, violation: Violation) -> str:
    """The surface that refuses the value, with its version."""
    surface = config.surfaces.of(violation.target.role)
    if surface is None or not surface.version:
        return "training"
    return f"{surface.name} {surface.version}"


def name(violation: Violation) -> str:
    """The key as it is written in the file."""
    return dotted(violation.path[-1:]) if violation.path else ""
