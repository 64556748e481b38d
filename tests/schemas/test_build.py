"""The committed catalog is what its script makes from the libraries, byte for byte where they are installed."""

from __future__ import annotations

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


def test_the_format_is_small_enough_for_hundreds_of_schemas():
    stored = sum(path.stat().st_size for path in Path(store.DATA).rglob("*.json"))
    schemas = sum(len(catalog.names(name, version)) for name in DISTRIBUTIONS for version in catalog.versions(name))
    assert stored / schemas < 400_000 / 100
