"""The committed catalog is what its script makes from the libraries, byte for byte where they are installed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from gliner_audit.schemas import build, catalog, store
from gliner_audit.schemas.extract import extract

from .installed import DISTRIBUTIONS, library, places, versions


@pytest.mark.parametrize("distribution", DISTRIBUTIONS)
def test_the_committed_catalog_is_what_extraction_yields(distribution):
    version = versions()[distribution]
    if version not in catalog.versions(distribution):
        pytest.skip(f"{distribution} {version} is installed, the catalog has {catalog.versions(distribution)}")
    source = library(distribution)
    for place in places(distribution):
        fresh = extract(place, source, version)
        if fresh is None:
            assert place.name not in catalog.names(distribution, version)
            continue
        document = store.load(place.name)
        kept = store.decode(document, version)
        helps = store.help_texts(document, store.load(f"help/{place.name}"), version)
        assert kept is not None
        whole = {name: row._replace(help=helps[name]) for name, row in kept.parameters.items()}
        assert kept._replace(parameters=whole) == fresh


def test_the_same_source_gives_the_same_bytes():
    trio = (versions(),)
    sources = {(name, version): library(name) for name, version in trio[0].items()}
    assert build.build(sources, trio) == build.build(sources, trio)


def test_wheels_rebuild_the_committed_files():
    folder = os.environ.get("GLINER_AUDIT_WHEELS")
    if not folder:
        pytest.skip("GLINER_AUDIT_WHEELS names no folder with the catalog's wheels: the full rebuild is not compared")
    for name, text in build.build(build.libraries(Path(folder))).items():
        assert (name, Path(store.DATA, name).read_text(encoding="utf-8")) == (name, text)


def test_the_format_holds_hundreds_of_schemas_in_400_kilobytes():
    """By what one more version of a surface costs, measured on versions a whole major release apart."""
    documents = [(store.load(name), store.load(f"help/{name}")) for name in SURFACES]
    newest = [store.encode([_newest(document, helps)]) for document, helps in documents]
    schemas, kinds = sum(len(document["versions"]) for document, _ in documents), len(documents)
    each = (_size(documents) - _size(newest)) / (schemas - kinds)
    assert kinds + (400_000 - _size(newest)) / each >= 200


SURFACES = sorted(
    {name for lib in DISTRIBUTIONS for version in catalog.versions(lib) for name in catalog.names(lib, version)}
)


def _newest(document, helps):
    version = next(iter(document["versions"]))
    surface, texts = store.decode(document, version), store.help_texts(document, helps, version)
    return surface._replace(
        parameters={name: row._replace(help=texts[name]) for name, row in surface.parameters.items()}
    )


def _size(pairs):
    return sum(
        len(json.dumps(part, separators=(",", ":"), ensure_ascii=False).encode()) for pair in pairs for part in pair
    )
