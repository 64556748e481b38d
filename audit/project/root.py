"""Walking up from a file to the root of its repository."""

from __future__ import annotations

import os
from collections.abc import Iterator


def upward(folder: str) -> Iterator[str]:
    """The folder and its parents, up to the repository root (the first with `.git`) or the root of the file system."""
    folder = os.path.abspath(folder)
    while True:
        yield folder
        parent = os.path.dirname(folder)
        if parent == folder or os.path.exists(os.path.join(folder, ".git")):
            return
        folder = parent


def repository_root(folder: str) -> str | None:
    """The nearest folder upward with a `.git`, or None outside of a repository."""
    *_, top = upward(folder)
    return top if os.path.exists(os.path.join(top, ".git")) else None


def read_text(path: str) -> str | None:
    """The text of a file (UTF-8, bad bytes replaced), or None when it cannot be read."""
    try:
        with open(path, encoding="utf-8", errors="replace") as stream:
            return stream.read()
    except OSError:
        return None
