"""What is known of a key: which parameters it sets in which dialect, what the library takes, and since when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..audit.config import Surfaces
from ..audit.dialects import DIALECTS
from ..audit.dialects.base import ARGS, CALL, LOFTQ, LORA, MODEL
from ..rules.rule import show
from ..schemas import catalog
from ..schemas.surface import MISSING, Parameter, Surface
from .schema import versions

ROLES = (ARGS, CALL, MODEL, LORA, LOFTQ)


def key_page(name: str, given: Mapping[str, str]) -> str | None:
    """The page of a key in Markdown; None when no dialect and no surface knows it."""
    against = versions(given)
    parts: dict[str, None] = {}
    for dialect in DIALECTS.values():
        surfaces = Surfaces(dialect, against)
        for role in ROLES:
            for parameter in dialect.aliases(role).get(name, (name,)):
                surface = surfaces.of(role)
                if surface is not None and parameter in surface:
                    parts["\n".join(_lines(name, parameter, surface, against))] = None
    for surface_name in dict.fromkeys(
        dialect.surfaces[role] for dialect in DIALECTS.values() for role in dialect.surfaces
    ):
        history = catalog.history(surface_name, name)
        if history is not None and history.until is not None:
            instead = f"; renamed to `{history.renamed_to}`" if history.renamed_to else f"; {history.note or 'removed'}"
            parts[
                f"`{name}` was a parameter of {surface_name} up to {history.distribution} {history.until}{instead}"
            ] = None
    return f"# {name}\n\n" + "\n\n".join(parts) + "\n" if parts else None


def _lines(key: str, name: str, surface: Surface, against: Mapping[str, str]) -> Iterator[str]:
    described = catalog.described(surface.name, surface.version, against)
    row: Parameter = surface.parameters[name]
    text = described.parameters[name].help if described is not None and name in described else ""
    sets = f"sets `{name}` of" if key != name else "is a parameter of"
    yield f"`{key}` {sets} {surface.name} ({surface.distribution} {surface.version}, {row.source})"
    if row.default is not MISSING:
        yield f"- default: {show(row.default)}"
    if row.expression:
        yield f"- handed on as: `{row.expression}`"
    choices = row.schema.get("enum") or row.choices
    if choices:
        yield f"- choices: {', '.join(map(show, choices))}"
    if row.deprecated:
        yield f"- deprecated: {row.deprecated}"
    if text:
        yield f"- {' '.join(text.split())}"
