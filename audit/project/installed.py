"""Versions that are installed or stand as source in the tree: read as files, never imported."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator

from .requirement import normal
from .root import read_text

# Compiled when used: a lint outside of a project uses none of them.
_ASSIGNED = r"""(?m)^__version__\s*(?::\s*str\s*)?=\s*["']([^"']+)["']"""


def source_version(root: str, distribution: str) -> tuple[str, str] | None:
    """The version of a library whose package stands in a folder (or its `src`), and the file that says so."""
    package = distribution.replace("-", "_")
    for place in (package, f"src/{package}"):
        folder = os.path.join(root, place)
        if not os.path.isfile(os.path.join(folder, "__init__.py")):
            continue
        for file in ("__init__.py", "version.py", "_version.py", "__version__.py"):
            found = re.search(_ASSIGNED, read_text(os.path.join(folder, file)) or "")
            if found is not None:
                return found.group(1), f"{place}/{file}"
    return None


def project_environments(folders: list[str]) -> Iterator[tuple[str, str]]:
    """The environments of a project with a name for each: $VIRTUAL_ENV, then `.venv` and `venv` of its folders."""
    active = os.environ.get("VIRTUAL_ENV")
    if active:
        yield active, "$VIRTUAL_ENV"
    for folder in folders:
        for name in (".venv", "venv"):
            if os.path.isfile(os.path.join(folder, name, "pyvenv.cfg")):
                yield os.path.join(folder, name), name


def site_packages(environment: str) -> list[str]:
    """The folders of an environment that hold installed packages."""
    found = [os.path.join(environment, "Lib", "site-packages")]
    library = os.path.join(environment, "lib")
    try:
        pythons = sorted(name for name in os.listdir(library) if name.startswith("python"))
    except OSError:
        pythons = []
    found += [os.path.join(library, name, "site-packages") for name in pythons]
    return [folder for folder in found if os.path.isdir(folder)]


def own_packages() -> list[str]:
    """The folders from which this interpreter imports installed packages."""
    return [folder for folder in sys.path if folder.endswith(("site-packages", "dist-packages"))]


def installed(folders: list[str], names: frozenset[str]) -> dict[str, str]:
    """The versions of the named distributions, from the names of their metadata folders; the first folder wins."""
    found: dict[str, str] = {}
    for folder in folders:
        try:
            entries = os.listdir(folder)
        except OSError:
            continue
        for entry in entries:
            name, sign, rest = entry.partition("-")
            if sign and rest.endswith((".dist-info", ".egg-info")) and name.lower().replace("_", "-") in names:
                found.setdefault(normal(name), rest[: rest.rindex(".")].partition("-")[0])
    return found
