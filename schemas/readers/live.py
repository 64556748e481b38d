"""Summaries made on the spot from installed packages' files (one to a few seconds, once per process)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import lookup
from .packed import pack
from .sources import from_folder, merged
from .summary import gliner_summary, pair_summary, transformers_summary

_made: dict[tuple[str, ...], dict[str, Any]] = {}


def gliner(folder: str) -> dict[str, Any]:
    """The summary of the gliner package in a folder."""
    if ("gliner", folder) not in _made:
        _made["gliner", folder] = pack(gliner_summary(from_folder(folder)))
    return _made["gliner", folder]


def transformers(folder: str) -> dict[str, Any]:
    """The summary of the transformers package in a folder."""
    if ("transformers", folder) not in _made:
        _made["transformers", folder] = pack(transformers_summary(from_folder(folder)))
    return _made["transformers", folder]


def summaries(
    versions: Mapping[str, str], packages: Mapping[str, str]
) -> tuple[dict[str, Any] | None, dict[str, Any] | None, dict[str, Any] | None]:
    """The three summaries of a combination; a package without a folder is taken from the bundled ones.

    The pair needs the sources of both, so it exists only when both have a folder.
    """
    plain = transformers(packages["transformers"]) if "transformers" in packages else None
    own = gliner(packages["gliner"]) if "gliner" in packages else None
    pair = None
    if "transformers" in packages and "gliner" in packages:
        key = ("pair", packages["transformers"], packages["gliner"])
        if key not in _made:
            sources = merged(from_folder(packages["transformers"]), from_folder(packages["gliner"]))
            # Packed readers count from their own table, so the pair keeps every field.
            _made[key] = pack(pair_summary(sources, {}))
        pair = _made[key]
    if plain is None and "transformers" in versions:
        plain = lookup.load(f"transformers-{versions['transformers']}")
    if own is None and "gliner" in versions:
        own = lookup.load(f"gliner-{versions['gliner']}")
    return plain, own, pair
