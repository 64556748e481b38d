"""A light evaluator of the JSON Schema keywords that the published schemas use.

For these keywords it finds the same set of (path, keyword) as jsonschema's Draft202012Validator, without its import
and at a fraction of its time. Semantics as there: True is no number, 1.0 is an integer, 1 and True differ in `enum`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

Path = tuple[str | int, ...]
Violation = tuple[Path, str, Any]

#: Keywords with a meaning for values. Any other keyword of a published schema is an annotation.
ASSERTIONS = frozenset({
    "type", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "pattern", "minItems",
    "maxItems", "items", "properties", "required", "additionalProperties", "anyOf", "not",
})  # fmt: skip


def violations(schema: Mapping[str, Any] | bool, value: Any, path: Path = ()) -> Iterator[Violation]:
    """Each demand of `schema` that `value` breaks: where it stands, the keyword, and what the keyword wanted.

    A failed `anyOf` is one violation at its own place. `additionalProperties: false` is one violation at the mapping,
    with the unknown keys as its detail.
    """
    if not isinstance(schema, Mapping):
        if not schema:
            yield path, "false", None
        return
    for keyword, wanted in schema.items():
        check = _CHECKS.get(keyword)
        if check is not None:
            yield from check(wanted, value, path, schema)


def is_valid(schema: Mapping[str, Any] | bool, value: Any) -> bool:
    """Whether `value` breaks nothing."""
    return next(violations(schema, value), None) is None


def equal(left: Any, right: Any) -> bool:
    """Equality of JSON values: numbers by value, but no boolean equals a number, at any depth."""
    if left is right:
        return True
    if isinstance(left, bool) or isinstance(right, bool):
        return False
    if isinstance(left, (list, tuple)) and isinstance(right, (list, tuple)):
        return len(left) == len(right) and all(map(equal, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(equal(item, right[key]) for key, item in left.items())
    return bool(left == right)


def has_type(value: Any, name: str) -> bool:
    """Whether a JSON value is of the JSON type `name`; every integer is a number, and 1.0 an integer."""
    if name == "null":
        return value is None
    if isinstance(value, bool):
        return name == "boolean"
    if name == "number":
        return isinstance(value, (int, float))
    if name == "integer":
        return isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    return isinstance(value, _PYTHON.get(name, ()))


_PYTHON: Mapping[str, type] = {"string": str, "array": list, "object": dict}


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _type(wanted: Any, value: Any, path: Path, _: Mapping[str, Any]) -> Iterator[Violation]:
    if not any(has_type(value, name) for name in ((wanted,) if isinstance(wanted, str) else wanted)):
        yield path, "type", wanted


def _enum(wanted: Any, value: Any, path: Path, _: Mapping[str, Any]) -> Iterator[Violation]:
    if not any(equal(value, item) for item in wanted):
        yield path, "enum", wanted


def _const(wanted: Any, value: Any, path: Path, _: Mapping[str, Any]) -> Iterator[Violation]:
    if not equal(value, wanted):
        yield path, "const", wanted


def _minimum(wanted: Any, value: Any, path: Path, _: Mapping[str, Any]) -> Iterator[Violation]:
    if _number(value) and value < wanted:
        yield path, "minimum", wanted


def _maximum(wanted: Any, value: Any, path: Path, _: Mapping[str, Any]) -> Iterator[Violation]:
    if _number(value) and value > wanted:
        yield path, "maximum", wanted


def _above(wanted: Any, value: Any, path: Path, _: Mapping[str, Any]) -> Iterator[Violation]:
    if _number(value) and value <= wanted:
        yield path, "exclusiveMinimum", wanted


def _below(wanted: Any, value: Any, path: Path, _: Mapping[str, Any]) -> Iterator[Violation]:
    if _number(value) and value >= wanted:
        yield path, "exclusiveMaximum", wanted


def _pattern(wanted: Any, value: Any, path: Path, _: Mapping[str, Any]) -> Iterator[Violation]:
    if isinstance(value, str) and re.search(wanted, value) is None:
        yield path, "pattern", wanted


def _min_items(wanted: Any, value: Any, path: Path, _: Mapping[str, Any]) -> Iterator[Violation]:
    if isinstance(value, list) and len(value) < wanted:
        yield path, "minItems", wanted


def _max_items(wanted: Any, value: Any, path: Path, _: Mapping[str, Any]) -> Iterator[Violation]:
    if isinstance(value, list) and len(value) > wanted:
        yield path, "maxItems", wanted


def _items(wanted: Any, value: Any, path: Path, _: Mapping[str, Any]) -> Iterator[Violation]:
    if isinstance(value, list):
        for place, item in enumerate(value):
            yield from violations(wanted, item, (*path, place))


def _properties(wanted: Any, value: Any, path: Path, _: Mapping[str, Any]) -> Iterator[Violation]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key in wanted:
                yield from violations(wanted[key], item, (*path, key))


def _required(wanted: Any, value: Any, path: Path, _: Mapping[str, Any]) -> Iterator[Violation]:
    if isinstance(value, dict):
        for key in wanted:
            if key not in value:
                yield path, "required", key


def _additional(wanted: Any, value: Any, path: Path, schema: Mapping[str, Any]) -> Iterator[Violation]:
    if not isinstance(value, dict):
        return
    known = schema.get("properties", {})
    unknown = [key for key in value if key not in known]
    if wanted is False and unknown:
        yield path, "additionalProperties", tuple(unknown)
    elif isinstance(wanted, Mapping):
        for key in unknown:
            yield from violations(wanted, value[key], (*path, key))


def _any_of(wanted: Any, value: Any, path: Path, _: Mapping[str, Any]) -> Iterator[Violation]:
    if not any(is_valid(part, value) for part in wanted):
        yield path, "anyOf", wanted


def _not(wanted: Any, value: Any, path: Path, _: Mapping[str, Any]) -> Iterator[Violation]:
    if is_valid(wanted, value):
        yield path, "not", wanted


_CHECKS = {
    "type": _type, "enum": _enum, "const": _const, "minimum": _minimum, "maximum": _maximum,
    "exclusiveMinimum": _above, "exclusiveMaximum": _below, "pattern": _pattern, "minItems": _min_items,
    "maxItems": _max_items, "items": _items, "properties": _properties, "required": _required,
    "additionalProperties": _additional, "anyOf": _any_of, "not": _not,
}  # fmt: skip
