"""Scripts of the project that may load a config: looked for by name alone, so that a lone lint stays cheap."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from ..audit.project.loading import LOADS

_SINKS = re.compile(r"TrainingArguments|train_model|Trainer\(|SFTConfig")
_MARKS = ("pyproject.toml", "setup.py", "requirements.txt")
_MOST_READ = 40
_MOST_FOUND = 3


def scripts(path: str) -> list[str]:
    """The scripts that train, load such files and name this one; at most three, those nearest to it first.

    Looked at: the folders from the config up to the root of its repository (or the parent folder, where that holds a
    project file), and `scripts` and `src` of the root.
    """
    from ..audit.project.root import read_text, repository_root

    folder = os.path.dirname(os.path.abspath(path))
    root = repository_root(folder) or next((p for p in (folder, os.path.dirname(folder)) if _is_project(p)), None)
    if root is None:
        return []
    names = {os.path.basename(path), os.path.relpath(path, root).replace(os.sep, "/")}
    found: dict[str, None] = {}
    for seen, script in enumerate(_python_files(folder, root)):
        if seen >= _MOST_READ or len(found) >= _MOST_FOUND:
            break
        text = read_text(script) or ""
        if any(name in text for name in names) and _SINKS.search(text) and LOADS.search(text):
            found[script] = None
    return list(found)


def _is_project(folder: str) -> bool:
    return any(os.path.exists(os.path.join(folder, mark)) for mark in _MARKS)


def _python_files(folder: str, root: str) -> Iterator[str]:
    folders = [folder]
    while folders[-1] != root and os.path.dirname(folders[-1]) != folders[-1]:
        folders.append(os.path.dirname(folders[-1]))
    for place in dict.fromkeys((*folders, os.path.join(root, "scripts"), os.path.join(root, "src"))):
        try:
            with os.scandir(place) as entries:
                yield from sorted(entry.path for entry in entries if entry.name.endswith(".py") and entry.is_file())
        except OSError:
            continue
