"""The libraries that are installed beside the tests: their versions and their source."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

import pytest
from gliner_audit.schemas import catalog
from gliner_audit.schemas.extract import PLACES, Library

DISTRIBUTIONS = ("transformers", "peft", "gliner")


def versions() -> dict[str, str]:
    """The installed version of each library; the test is skipped when one is missing."""
    try:
        return {name: metadata.version(name) for name in DISTRIBUTIONS}
    except metadata.PackageNotFoundError as missing:
        pytest.skip(f"{missing.name} is not installed: the extra `train` is needed to compare", allow_module_level=True)


def are_newest() -> bool:
    """Whether the installed libraries are the newest of the catalog, of which the tests know every detail."""
    return versions() == {name: catalog.newest(name) for name in DISTRIBUTIONS}


def library(distribution: str) -> Library:
    """The installed source of a library."""
    return Library(Path(str(metadata.distribution(distribution).locate_file(""))), distribution)


def places(distribution: str):
    """The surfaces that a library may define."""
    return [place for place in PLACES if place.distribution == distribution]
