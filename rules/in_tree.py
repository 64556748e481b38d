"""A library package inside the audited tree is the version in force: its own source knows names that no release has."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..audit.project.root import read_text, upward

if TYPE_CHECKING:
    from ..audit.project.versions import Found
    from .finding import Finding

_NAMES = ("key-not-in-version", "unknown-key", "key-in-wrong-section")


def settle(findings: Sequence[Finding], path: str, found: Mapping[str, Found]) -> list[Finding]:
    """The findings without those that call a name unknown which the library in the tree has.

    `path` is the file that is checked, `found` the versions in force; only those that were found in the tree matter.
    """
    libraries = [name for name, one in found.items() if one.found.startswith("tree: ")]
    if not libraries or not any(one.name in _NAMES for one in findings):
        return list(findings)
    folder = os.path.dirname(path) or "."
    texts = [text for name in libraries for text in _sources(folder, name)]
    return [one for one in findings if one.name not in _NAMES or not _known(one.key, texts)]


def _known(key: str | None, texts: Sequence[str]) -> bool:
    """Whether the code has the name as a parameter, a field, an attribute or a text key."""
    if key is None:
        return False
    name = re.escape(key.rpartition(".")[2])
    pattern = re.compile(rf"\b{name}\s*[:=][^=]|\.{name}\b|[\"']{name}[\"']")
    return any(pattern.search(text) for text in texts)


def _sources(folder: str, library: str) -> Iterator[str]:
    for place in upward(folder):
        package = os.path.join(place, library)
        if os.path.isfile(os.path.join(package, "__init__.py")):
            for top, _, files in os.walk(package):
                yield from (read_text(os.path.join(top, file)) or "" for file in files if file.endswith(".py"))
            return
