"""The schemas that the project publishes: JSON Schema 2020-12, and a flat draft-07 variant for older editors.

Editors choose the draft by `$schema`; those before yaml-language-server 1.20 know only draft-07. No schema uses `$ref`
beside other keywords or `prefixItems`, so that both drafts read it alike.
"""

from __future__ import annotations

from typing import Any

from .surface import MISSING, Parameter, Surface

DRAFT_2020_12 = "https://json-schema.org/draft/2020-12/schema"
DRAFT_07 = "http://json-schema.org/draft-07/schema#"


def json_schema(surface: Surface) -> dict[str, Any]:
    """The JSON Schema 2020-12 of a mapping of parameters to values.

    Unknown keys are refused where the library refuses them; a surface that keeps or forwards them allows any. What
    only editors and people read stands under `description`, `deprecationMessage` and `x-…`: `x-source` (file:line),
    `x-enforced-at` (where the library refuses what breaks the enum or a bound), `x-known-values` (the values that the
    library knows where it accepts others), `x-expression` (the source of a computed default), `x-forced` (the value
    that the class sets whatever the caller says).
    """
    properties = {name: _property(row) for name, row in surface.parameters.items()}
    required = [name for name, row in surface.parameters.items() if row.required]
    schema: dict[str, Any] = {
        "$schema": DRAFT_2020_12,
        "title": surface.name,
        "description": f"{surface.name} of {surface.distribution} {surface.version}",
        "type": "object",
        "properties": properties,
        "additionalProperties": surface.extra != "refused",
    }
    if required:
        schema["required"] = required
    if surface.forwards_to:
        schema["x-forwards-to"] = surface.forwards_to
    return schema


def draft_07(surface: Surface) -> dict[str, Any]:
    """The same schema for editors that know draft-07 only: `deprecated` is told in the description too."""
    schema = json_schema(surface)
    schema["$schema"] = DRAFT_07
    for name, row in schema["properties"].items():
        if row.pop("deprecated", False):
            text = f"Deprecated: {row['deprecationMessage']}"
            schema["properties"][name] = {**row, "description": f"{text} {row.get('description', '')}".strip()}
    return schema


def _property(row: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = dict(row.schema)
    if row.help:
        schema["description"] = row.help
    if row.default is not MISSING:
        schema["default"] = row.default
    if row.deprecated is not None:
        schema["deprecated"] = True
        schema["deprecationMessage"] = row.deprecated
    if row.expression is not None:
        schema["x-expression"] = row.expression
    if row.choices:
        schema["x-known-values"] = list(row.choices)
    if row.forced is not MISSING:
        schema["x-forced"] = row.forced
    if row.source:
        schema["x-source"] = row.source
    if row.enforced_at:
        schema["x-enforced-at"] = row.enforced_at
    return schema
