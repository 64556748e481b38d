"""The source files that an analysis needs, from an installed package's folder or from a wheel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

# Modules of transformers that name the arguments, a trainer or a callback; the rest cannot read a field.
_TOUCHES = re.compile(r"\b(args|training_args|trainer)\.[a-z]|TrainerCallback")
_FOLDERS = {"transformers", "transformers/integrations", "transformers/data", "transformers/utils"}
_SKIPPED_GLINER = ("gliner/serve/", "gliner/multitask/")


def wanted(path: str) -> bool:
    """Whether a file ("package/sub/file.py") may belong to an analysis."""
    if not path.endswith(".py"):
        return False
    folder, _, name = path.rpartition("/")
    if path.startswith("gliner/"):
        return not path.startswith(_SKIPPED_GLINER)
    return folder in _FOLDERS and not name.startswith("dummy_")


def select(files: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The texts to parse, by path; files of transformers that cannot touch the arguments are left out."""
    return {
        path: text
        for path, text in sorted(files)
        if wanted(path) and (path.startswith("gliner/") or _TOUCHES.search(text) is not None)
    }


def from_folder(folder: str) -> dict[str, str]:
    """The selected sources of a package folder ("…/site-packages/gliner"); paths start with the package's name."""
    import os

    folder = os.path.abspath(folder)
    above = os.path.dirname(folder)
    found: list[tuple[str, str]] = []
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if f not in {"models", "__pycache__"})
        for name in names:
            path = os.path.relpath(os.path.join(here, name), above).replace(os.sep, "/")
            if wanted(path):
                with open(os.path.join(here, name), encoding="utf-8", errors="replace") as file:
                    found.append((path, file.read()))
    return select(found)


def from_wheel(wheel: str) -> dict[str, str]:
    """The selected sources of a wheel file."""
    import zipfile

    with zipfile.ZipFile(wheel) as archive:
        return select((n, archive.read(n).decode("utf-8", "replace")) for n in archive.namelist() if wanted(n))


def merged(*parts: Mapping[str, str]) -> dict[str, str]:
    """Several packages as one set of sources."""
    return {path: text for part in parts for path, text in part.items()}
