"""Names that other files of the project use: what one entry leaves alone may be what another one lives by.

A settings class in a module of its own, or a helper that several scripts call, is seen from one entry only in part.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from ..project.loading import LOADS, TAKES_ARGUMENTS
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


_ASSIGNED = re.compile(r"\s*=[^=]")


@functools.lru_cache(maxsize=MAX_FILES)
def _text(path: str, changed: int, size: int) -> str:
    """A file as it was when it was changed last."""
    with open(path, encoding="utf-8", errors="replace") as handle:
        return handle.read()


def _used(text: str, name: str) -> int:
    """Where a text has `.name`, a quoted name or `name=` first; -1 when nowhere."""
    at = text.find(name)
    while at >= 0:
        before, after = text[at - 1 : at] if at else "", text[at + len(name) : at + len(name) + 1]
        ends = not (after.isalnum() or after == "_")
        if before and before in ".\"'" and ends:
            return at
        if ends and not (before.isalnum() or before == "_") and _ASSIGNED.match(text, at + len(name)):
            return at
        at = text.find(name, at + 1)
    return -1


class Mentions:
    """Looks a name up in the Python files below the project's root that the trace did not read."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def of(self, name: str) -> Site | None:
        """The first place where another file reads an attribute or an item of this name, or hands it over."""
        for path, text in self._texts.items():
            at = _used(text, name)
            if at >= 0:
                line = text.count("\n", 0, at) + 1
                return Site(self.project.shown(path), line, 1, line, 1)
        return None

    def beside(self, parts: Sequence[str], configs: Collection[str]) -> Site | None:
        """Where another script that loads one of the config files reads an item of it.

        It has the names of the item and of every section above. It lies beside the file or the traced script and names
        the file or takes one as an argument; from elsewhere, it names the file with its folder.
        """
        places = [os.path.realpath(config) for config in configs]
        names = [os.path.basename(place) for place in places]
        full = ["/".join(place.split(os.sep)[-2:]) for place in places]
        folders = {os.path.dirname(place) for place in (os.path.realpath(self.project.main.path), *places)}
        for path, text in self._texts.items():
            if not LOADS.search(text):
                continue
            near = os.path.dirname(os.path.realpath(path)) in folders
            named = any(name in text for name in (names if near else full))
            if not named and not (near and TAKES_ARGUMENTS.search(text)):
                continue
            found = [_used(text, part) for part in parts]
            if min(found) >= 0:
                line = text.count("\n", 0, found[-1]) + 1
                return Site(self.project.shown(path), line, 1, line, 1)
        return None

    @functools.cached_property
    def _texts(self) -> dict[str, str]:
        read = {module.path for module in self.project.modules.values() if module is not None}
        out: dict[str, str] = {}
        own = [m.path for m in self.project.modules.values() if m is not None and not m.library]
        for folder, folders, files in os.walk(os.path.commonpath([self.project.root, *own])):
            folders[:] = sorted(f for f in folders if f not in _SKIPPED and not f.startswith("."))
            for file in sorted(files):
                path = os.path.join(folder, file)
                if not file.endswith((".py", ".ipynb")) or file.startswith("test_") or path in read:
                    continue
                if len(out) == MAX_FILES:
                    return out
                try:
                    state = os.stat(path)
                    if state.st_size <= MAX_BYTES:
                        out[path] = _text(path, state.st_mtime_ns, state.st_size)
                except OSError:
                    continue
        return out
