"""Names that the catalog cannot judge: those of a library package inside the audited tree, which is the version in
force, and those of a pin that is older than the oldest release that the catalog holds."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..audit.project.root import read_text, upward
from ..schemas import catalog
from ..schemas.versions import key

if TYPE_CHECKING:
    from ..audit.project.versions import Found
    from .finding import Finding

_NAMES = ("key-not-in-version", "unknown-key", "key-in-wrong-section")


def settle(findings: Sequence[Finding], path: str, found: Mapping[str, Found]) -> list[Finding]:
    """The findings without those that call a name unknown which the library in the tree, or one too old to know, has.

    `path` is the file that is checked, `found` the versions in force.
    """
    if any(_too_old(name, one) for name, one in found.items()):
        findings = [one for one in findings if one.name not in _NAMES]
    libraries = [name for name, one in found.items() if one.found.startswith("tree: ")]
    if not libraries or not any(one.name in _NAMES for one in findings):
        return list(findings)
    folder = os.path.dirname(path) or "."
    texts = [text for name in libraries for text in _sources(folder, name)]
    return [one for one in findings if one.name not in _NAMES or not _known(one.key, texts)]


def _too_old(library: str, found: Found) -> bool:
    """Whether the project asks for a release before the first of the catalog."""
    wanted = re.search(r"\d+(?:\.\d+)*", found.asked or "")
    return wanted is not None and key(wanted.group()) < key(catalog.versions(library)[0])


def _known(name: str | None, texts: Sequence[str]) -> bool:
    """Whether the code has the name as a parameter, a field, an attribute or a text key."""
    if name is None:
        return False
    word = re.escape(name.rpartition(".")[2])
    pattern = re.compile(rf"\b{word}\s*[:=][^=]|\.{word}\b|[\"']{word}[\"']")
    return any(pattern.search(text) for text in texts)


def _sources(folder: str, library: str) -> Iterator[str]:
    for place in upward(folder):
        package = os.path.join(place, library)
        if os.path.isfile(os.path.join(package, "__init__.py")):
            for top, _, files in os.walk(package):
                yield from (read_text(os.path.join(top, file)) or "" for file in files if file.endswith(".py"))
            return
