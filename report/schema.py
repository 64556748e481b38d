"""Surfaces and dialects as JSON Schema, for `gliner-audit schema` and for editors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..audit.config import Surfaces
from ..audit.dialects import DIALECTS
from ..audit.dialects.published import published
from ..schemas import catalog
from ..schemas.published import DRAFT_07, DRAFT_2020_12, draft_07, json_schema

DISTRIBUTIONS = ("transformers", "gliner", "peft")


def versions(given: Mapping[str, str]) -> dict[str, str]:
    """A catalog version per distribution: the one given (or the nearest lower), else the newest."""
    return {
        name: catalog.nearest(name, given[name])[0] if name in given else catalog.newest(name) for name in DISTRIBUTIONS
    }


def listing(given: Mapping[str, str]) -> str:
    """The names of all surfaces and dialects, one a line."""
    lines = []
    for distribution, version in versions(given).items():
        lines += [f"{name}  {distribution} {version}" for name in catalog.names(distribution, version)]
    lines += [f"{name}  dialect" for name in DIALECTS]
    return "\n".join(lines) + "\n"


def schema_text(name: str, given: Mapping[str, str], old: bool = False) -> str | None:
    """The JSON Schema of a surface or dialect; None for a name that is neither."""
    import json

    against = versions(given)
    if name in DIALECTS:
        schema = dialect_schema(name, against)
        schema["$schema"] = DRAFT_07 if old else DRAFT_2020_12
    else:
        library = catalog.distribution_of(name)
        surface = catalog.described(name, against[library], against) if library in against else None
        if surface is None:
            return None
        schema = draft_07(surface) if old else json_schema(surface)
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def dialect_schema(name: str, against: Mapping[str, str]) -> dict[str, Any]:
    """The schema of a whole config of a dialect: every section with its short names and the library's own.

    Only values are checked: which unknown names are wrong depends on more than a schema can say, and is a rule's work.
    """
    return published(Surfaces(DIALECTS[name], against))
