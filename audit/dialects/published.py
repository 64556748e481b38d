"""The JSON Schema of a dialect: what `Config.structural` holds a file against, as one document.

Values are checked, names are not: which unknown key is wrong depends on more than a schema can say; rules say it.
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
    """Sections where there is one that holds a model or training arguments, else all keys at the top level; only the
    model's keys where a saved model's config is told by its mark."""
    sections = {name: _section(surfaces, roles, name) for name, roles in names.GLINER_SECTIONS.items()}
    telling = [name for name, roles in names.GLINER_SECTIONS.items() if {MODEL, ARGS, LORA} & set(roles)]
    nested = [_has_mapping(name) for name in telling]
    saved = {"required": [names.SAVED]}
    flat = {"properties": _keys(surfaces, names.FLAT)}
    alone = {"allOf": [saved, {"not": {"anyOf": nested}}]}
    model = {"if": alone, "then": {"properties": _keys(surfaces, (MODEL,))}}
    return {"properties": sections, "if": {"anyOf": [*nested, saved]}, "else": flat, "allOf": [model]}


def _trainer(surfaces: Surfaces) -> dict[str, Any]:
    """Training arguments and LoRA's telling names at the top level, all of LoRA's once `r` is there, and sections."""
    sections = {name: _section(surfaces, (LORA,), name) for name in names.LORA_SECTIONS}
    sections |= {name: _section(surfaces, (ARGS,), name) for name in names.TRAINER_SECTIONS}
    moved = _moved(surfaces, "")
    top = {**_keys(surfaces, (ARGS,)), **moved}
    own = [{"required": ["r", name]} for name in sorted(names.LORA_ONLY)]
    return {
        "properties": {**top, **sections},
        "if": {"anyOf": own},
        "then": {"properties": _keys(surfaces, (LORA,), without=top)},
    }


def _has_mapping(name: str) -> dict[str, Any]:
    return {"required": [name], "properties": {name: {"type": "object"}}}


def _section(surfaces: Surfaces, roles: tuple[str, ...], name: str) -> dict[str, Any]:
    found = _keys(surfaces, roles)
    for key in surfaces.dialect.moves(name):
        found.pop(key, None)
    return {"properties": {**found, **_moved(surfaces, name)}}


def _moved(surfaces: Surfaces, section: str) -> dict[str, Any]:
    """The keys that a section holds for other roles, where a surface takes what they set."""
    found: dict[str, Any] = {}
    for key, target in surfaces.dialect.moves(section).items():
        surface = surfaces.of(target.role)
        if surface is not None and target.parameter in surface:
            found[key] = dict(surface.parameters[target.parameter].schema)
    return found


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
