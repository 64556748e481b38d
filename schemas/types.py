"""The algebra of declared types: JSON Schema fragments, united without losing or inventing a value.

Both producers (static extraction and introspection) end here, so that one declared type has one spelling.
`{}` is the schema of everything: the declared type is absent, `Any`, or a class that no config file can hold.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

Schema = dict[str, Any]

ORDER = ("boolean", "integer", "number", "string", "array", "object", "null")

#: JSON types of the annotations that every config file can hold, by the name that the source uses.
BUILTIN: Mapping[str, Schema] = {
    "bool": {"type": "boolean"},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "str": {"type": "string"},
    "Path": {"type": "string"},
    "PathLike": {"type": "string"},
    "list": {"type": "array"},
    "List": {"type": "array"},
    "tuple": {"type": "array"},
    "Tuple": {"type": "array"},
    "set": {"type": "array"},
    "Set": {"type": "array"},
    "Sequence": {"type": "array"},
    "Iterable": {"type": "array"},
    "dict": {"type": "object"},
    "Dict": {"type": "object"},
    "Mapping": {"type": "object"},
    "None": {"type": "null"},
    "NoneType": {"type": "null"},
}


def type_names(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """The JSON types that a fragment names; empty when it names none."""
    named = schema.get("type", ())
    return (named,) if isinstance(named, str) else tuple(named)


def array_of(items: Schema) -> Schema:
    """A list whose every item fits `items`."""
    return {"type": "array", "items": items} if items else {"type": "array"}


def pair_of(parts: list[Schema]) -> Schema:
    """A tuple of fixed length; its items are typed only when they all share one type (`tuple[float, float]`)."""
    fixed: Schema = {"type": "array", "minItems": len(parts), "maxItems": len(parts)}
    if parts and parts[0] and all(part == parts[0] for part in parts):
        fixed["items"] = parts[0]
    return fixed


def mapping_of(values: Schema) -> Schema:
    """A mapping whose every value fits `values`."""
    return {"type": "object", "additionalProperties": values} if values else {"type": "object"}


def one_of_values(values: Iterable[Any]) -> Schema:
    """The finite set of `values`, in their order, without repeats."""
    kept: list[Any] = []
    for value in values:
        if not any(_same(value, other) for other in kept):
            kept.append(value)
    return {"enum": kept}


def type_of(value: Any) -> Schema:
    """The type of a JSON value."""
    if value is None:
        return {"type": "null"}
    for kind, name in ((bool, "boolean"), (int, "integer"), (float, "number"), (str, "string"), (dict, "object")):
        if isinstance(value, kind):
            return {"type": name}
    return {"type": "array"}


def union(parts: Iterable[Schema]) -> Schema:
    """What any of `parts` accepts, flattened into one `type` list wherever the parts' keywords cannot disturb each other."""
    flat: list[Schema] = []
    for part in parts:
        if not part:
            return {}
        flat.extend(part["anyOf"] if set(part) == {"anyOf"} else [part])
    plain = {name for part in flat if set(part) == {"type"} for name in type_names(part)}
    values: list[Any] = []
    rest: list[Schema] = []
    for part in flat:
        if set(part) == {"enum"}:
            values.extend(value for value in part["enum"] if type_names(type_of(value))[0] not in plain)
        elif set(part) != {"type"} and not set(type_names(part)) <= plain and part not in rest:
            rest.append(part)
    if "number" in plain:
        plain.discard("integer")
    return _assemble(plain, values, rest)


def _assemble(plain: set[str], values: list[Any], rest: list[Schema]) -> Schema:
    if values and plain <= {"null"} and not rest:
        return one_of_values([*values, None] if plain else values)
    mergeable = _mergeable(plain, rest) if not values else []
    if mergeable:
        merged: Schema = {"type": _ordered(plain.union(*(type_names(part) for part in mergeable)))}
        for part in mergeable:
            merged.update({key: value for key, value in part.items() if key != "type"})
        return merged
    alternatives: list[Schema] = [{"type": _ordered(plain)}] if plain else []
    alternatives += rest
    if values:
        alternatives.append(one_of_values(values))
    return alternatives[0] if len(alternatives) == 1 else {"anyOf": alternatives}


def _mergeable(plain: set[str], rest: list[Schema]) -> list[Schema]:
    """`rest`, if its parts are of distinct types: keywords of one type say nothing of values of another."""
    if "enum" in {key for part in rest for key in part}:
        return []
    seen = set(plain)
    for part in rest:
        names = set(type_names(part))
        if not names or names & seen:
            return []
        seen |= names
    return rest


def with_default(schema: Schema, default: Any) -> Schema:
    """`schema`, widened by the type of `default` if the library's own default breaks its own annotation."""
    from .validate import violations

    if not schema or next(iter(violations(schema, default)), None) is None:
        return schema
    if set(schema) == {"enum"} or "enum" in schema:
        return union([schema, one_of_values([default])])
    return union([schema, type_of(default)])


def _ordered(names: set[str]) -> str | list[str]:
    ordered = [name for name in ORDER if name in names]
    return ordered[0] if len(ordered) == 1 else ordered


def _same(left: Any, right: Any) -> bool:
    return json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)
