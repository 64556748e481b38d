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
    """What any of `parts` accepts, in one `type` list wherever no keyword of one part restrains another."""
    by_type: dict[str, list[Schema]] = {}
    values: list[Any] = []
    opaque: list[Schema] = []
    for part in _flattened(parts):
        if not part:
            return {}
        if set(part) == {"enum"}:
            values.extend(part["enum"])
        elif set(part) <= _KEYWORDS.keys() | {"type"} and "type" in part:
            for name in type_names(part):
                keywords = {key: value for key, value in part.items() if name in _KEYWORDS.get(key, ())}
                by_type.setdefault(name, []).append(keywords)
        elif part not in opaque:
            opaque.append(part)
    free = {name for name, found in by_type.items() if {} in found}
    if "number" in free:
        by_type.pop("integer", None)
    values = [value for value in values if not any(name in free for name in _types_holding(value))]
    return _assembled({name: [{}] if name in free else found for name, found in by_type.items()}, values, opaque)


#: The types whose values a keyword speaks of.
_KEYWORDS: Mapping[str, tuple[str, ...]] = {
    "items": ("array",), "minItems": ("array",), "maxItems": ("array",), "pattern": ("string",),
    "additionalProperties": ("object",), "minimum": ("integer", "number"), "maximum": ("integer", "number"),
    "exclusiveMinimum": ("integer", "number"), "exclusiveMaximum": ("integer", "number"),
}  # fmt: skip


def _flattened(parts: Iterable[Schema]) -> Iterable[Schema]:
    for part in parts:
        yield from _flattened(part["anyOf"]) if set(part) == {"anyOf"} else (part,)


def _assembled(by_type: Mapping[str, list[Schema]], values: list[Any], opaque: list[Schema]) -> Schema:
    if values and by_type.keys() <= {"null"} and not opaque:
        return one_of_values([*values, None] if by_type else values)
    joint: Schema = {}
    alternatives: list[Schema] = []
    for name, found in by_type.items():
        first, *more = [item for place, item in enumerate(found) if item not in found[:place]]
        numeric = {"integer", "number"}
        clash = more or (name in numeric and numeric & set(joint.get("type", ())))
        if clash or (values and name == "string"):
            alternatives += [{"type": name, **item} for item in (first, *more)]
        else:
            joint = {"type": [*joint.get("type", ()), name], **{k: v for k, v in joint.items() if k != "type"}, **first}
    if joint:
        joint["type"] = _ordered(set(joint["type"]))
        alternatives.insert(0, joint)
    alternatives += opaque
    if values:
        alternatives.append(one_of_values(values))
    return alternatives[0] if len(alternatives) == 1 else {"anyOf": alternatives}


def _types_holding(value: Any) -> tuple[str, ...]:
    name = type_names(type_of(value))[0]
    return (name, "number") if name == "integer" else (name,)


def with_default(schema: Schema, default: Any) -> Schema:
    """`schema`, widened by the type of `default` if the library's own default breaks its own annotation."""
    from .validate import violations

    if not schema or next(iter(violations(schema, default)), None) is None:
        return schema
    added = one_of_values([default]) if "enum" in schema else type_of(default)
    return union([schema, added])


def _ordered(names: set[str]) -> str | list[str]:
    ordered = [name for name in ORDER if name in names]
    return ordered[0] if len(ordered) == 1 else ordered


def _same(left: Any, right: Any) -> bool:
    return json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)
