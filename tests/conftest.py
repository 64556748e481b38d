"""What every room's tests share: the folder with real configs and facts, which lies beside the project, not in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
Corpus = Callable[..., list[Path]]


def _folder() -> Path | None:
    for place in (os.environ.get("GLINER_AUDIT_SHARED"), PROJECT.parent / "shared"):
        if place and (Path(place) / "corpus").is_dir():
            return Path(place)
    return None


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the repository."""
    return PROJECT


@pytest.fixture(scope="session")
def shared() -> Path:
    """GLINER_AUDIT_SHARED, or `shared` beside the project."""
    folder = _folder()
    if folder is None:
        pytest.skip("NOT MEASURED: the folder with real configs is absent (set GLINER_AUDIT_SHARED)")
    return folder


@pytest.fixture(scope="session")
def corpus(shared: Path) -> Corpus:
    """The files of the corpus, sorted: `corpus("gliner_train", endings=(".yaml",))`."""

    def files(category: str = "*", endings: tuple[str, ...] = (".yaml", ".yml", ".json", ".toml")) -> list[Path]:
        found: Iterator[Path] = (shared / "corpus").glob(f"{category}/**/*")
        return sorted(path for path in found if path.is_file() and path.name.endswith(endings))

    return files
