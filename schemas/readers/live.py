"""Summaries made on the spot from installed packages' files (one to a few seconds, once per process)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
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


def pair(plain: str, own: str) -> dict[str, Any]:
    """The summary of gliner's trainer in one folder over the transformers in another.

    It keeps every field, since packed readers count from their own table.
    """
    if ("pair", plain, own) not in _made:
        sources = merged(from_folder(plain), from_folder(own))
        _made["pair", plain, own] = pack(pair_summary(sources, {}))
    return _made["pair", plain, own]


def summaries(
    versions: Mapping[str, str], packages: Mapping[str, str], concerned: Collection[str]
) -> tuple[dict[str, Any] | None, dict[str, Any] | None, dict[str, Any] | None]:
    """The summaries of a combination that matter to the distributions `concerned`: transformers, gliner, the pair.

    A package without a folder is taken from the bundled ones; the pair needs the sources of both.
    """
    folders = {name: packages[name] for name in concerned if name in packages}
    if len(folders) == 2:
        return None, gliner(folders["gliner"]), pair(folders["transformers"], folders["gliner"])
    found: dict[str, dict[str, Any] | None] = {}
    for name, make in (("transformers", transformers), ("gliner", gliner)):
        if name in concerned:
            bundled = f"{name}-{versions[name]}" if name in versions else ""
            found[name] = make(folders[name]) if name in folders else lookup.load(bundled)
    return found.get("transformers"), found.get("gliner"), None
