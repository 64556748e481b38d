"""Names that other files of the project use: what one entry leaves alone may be what another one lives by.

A settings class in a module of its own, or a helper that several scripts call, is seen from one entry only in part.
"""

from __future__ import annotations

import functools
import os
import re
from typing import TYPE_CHECKING

from .project import LIBRARIES
from .values import Site

if TYPE_CHECKING:
    from .project import Project

MAX_FILES = 2000
MAX_BYTES = 1_000_000
_SKIPPED = frozenset(
    {
        "node_modules",
        "site-packages",
        "venv",
        "env",
        "build",
        "dist",
        "__pycache__",
        "tests",
        "test",
        "docs",
        *LIBRARIES,
    }
)


class Mentions:
    """Looks a name up in the Python files below the project's root that the trace did not read."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def of(self, name: str) -> Site | None:
        """The first place where another file reads an attribute or an item of this name, or hands it over."""
        word = re.compile(rf"""(?:\.|["']){re.escape(name)}\b|\b{re.escape(name)}\s*=[^=]""")
        for path, text in self._texts.items():
            if name in text:
                found = word.search(text)
                if found is not None:
                    line = text.count("\n", 0, found.start()) + 1
                    return Site(self.project.shown(path), line, 1, line, 1)
        return None

    @functools.cached_property
    def _texts(self) -> dict[str, str]:
        read = {module.path for module in self.project.modules.values() if module is not None}
        out: dict[str, str] = {}
        for folder, folders, files in os.walk(self.project.root):
            folders[:] = sorted(f for f in folders if f not in _SKIPPED and not f.startswith("."))
            for file in sorted(files):
                path = os.path.join(folder, file)
                if not file.endswith((".py", ".ipynb")) or file.startswith("test_") or path in read:
                    continue
                if len(out) == MAX_FILES:
                    return out
                try:
                    if os.path.getsize(path) <= MAX_BYTES:
                        with open(path, encoding="utf-8", errors="replace") as handle:
                            out[path] = handle.read()
                except OSError:
                    continue
        return out
