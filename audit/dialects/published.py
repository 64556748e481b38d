"""The JSON Schema of a dialect: what `Config.structural` holds a file against, as one document.

Values are checked, names are not: which unknown key is wrong depends on more than a schema can say and is a rule's work.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from . import names
from .base import ARGS, LOFTQ, LORA, MODEL

if TYPE_CHECKING:
    from ..config import Surfaces


def published(surfaces: Surfaces) -> dict[str, Any]:
    """JSON Schema 2020-12 of the whole file, at the versions of the surfaces."""
    build = _gliner if surfaces.dialect.name == "gliner" else _trainer
    versions = ", ".join(f"{name} {version}" for name, version in surfaces.versions.items())
    head = {"title": f"{surfaces.dialect.name} config", "description": f"A training config, against {versions}"}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **head, "type": "object", **build(surfaces)}


def _gliner(surfaces: Surfaces) -> dict[str, Any]:
    """Sections where there is one that holds a model or training arguments, else all keys at the top level."""
    sections = {name: _section(surfaces, roles, name) for name, roles in names.GLINER_SECTIONS.items()}
    telling = [name for name, roles in names.GLINER_SECTIONS.items() if {MODEL, ARGS, LORA} & set(roles)]
    nested = {"anyOf": [_has_mapping(name) for name in telling]}
    flat = {"properties": _keys(surfaces, names.FLAT)}
    return {"properties": sections, "if": nested, "else": flat}


def _trainer(surfaces: Surfaces) -> dict[str, Any]:
    """Training arguments at the top level, LoRA beside them once a key of LoRA's own is there, and sections of both."""
    sections = {name: _section(surfaces, (LORA,), name) for name in names.LORA_SECTIONS}
    sections |= {name: _section(surfaces, (ARGS,), name) for name in names.TRAINER_SECTIONS}
    own = sorted({*names.LORA_ONLY, *names.TRAINER_LORA})
    return {
        "properties": {**_keys(surfaces, (ARGS,)), **sections},
        "if": {"anyOf": [{"required": [name]} for name in own]},
        "then": {"properties": _keys(surfaces, (LORA,), without=_keys(surfaces, (ARGS,)))},
    }


def _has_mapping(name: str) -> dict[str, Any]:
    return {"required": [name], "properties": {name: {"type": "object"}}}


def _section(surfaces: Surfaces, roles: tuple[str, ...], name: str) -> dict[str, Any]:
    found = _keys(surfaces, roles)
    for key, target in surfaces.dialect.moves(name).items():
        surface = surfaces.of(target.role)
        if surface is not None and target.parameter in surface:
            found[key] = dict(surface.parameters[target.parameter].schema)
        else:
            found.pop(key, None)
    return {"properties": found}


def _keys(surfaces: Surfaces, roles: tuple[str, ...], without: Mapping[str, Any] = {}) -> dict[str, Any]:
    """Every key that is looked up in these roles, first role first, with the schema of what it sets."""
    found: dict[str, Any] = {}
    for role in roles:
        surface = surfaces.of(role)
        parameters = surface.parameters if surface is not None else {}
        for alias, targets in surfaces.dialect.aliases(role).items():
            schemas = [dict(parameters[name].schema) for name in targets if name in parameters]
            found.setdefault(alias, schemas[0] if len(schemas) == 1 else {"allOf": schemas} if schemas else {})
        for name, parameter in parameters.items():
            schema = dict(parameter.schema)
            loftq = surfaces.of(LOFTQ)
            if name == "loftq_config" and role == LORA and loftq is not None:
                inner = {key: dict(row.schema) for key, row in loftq.parameters.items()}
                schema = {"allOf": [schema, {"properties": inner}]}
            found.setdefault(name, schema)
    return {key: schema for key, schema in found.items() if key not in without}
