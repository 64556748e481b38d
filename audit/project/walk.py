"""From the paths of the command line to the files to look at."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from .root import read_text, repository_root, upward

if TYPE_CHECKING:
    from .ignore import Pattern

CONFIG: Final = "config"
SCRIPT: Final = "script"
NOTEBOOK: Final = "notebook"

_KINDS: Final = {
    ".yaml": CONFIG,
    ".yml": CONFIG,
    ".json": CONFIG,
    ".toml": CONFIG,
    ".py": SCRIPT,
    ".ipynb": NOTEBOOK,
}
_SKIPPED: Final = frozenset(
    (".git", ".hg", ".svn", "node_modules", "__pycache__", ".tox", ".nox", ".eggs", "site-packages", "wandb", "mlruns")
)
_CHECKPOINT_MARKS: Final = frozenset(
    ("trainer_state.json", "model.safetensors", "pytorch_model.bin", "adapter_model.safetensors")
)
_Scope = tuple[str, "tuple[Pattern, ...]"]


class File(NamedTuple):
    """A file to look at: its path as given or as found below a given folder (POSIX), and "config", "script" or
    "notebook". `named` says that the user gave the file itself."""

    path: str
    kind: str
    named: bool


class NoSuchPath(ValueError):
    """A path of the command line that does not exist."""


def kind_of(path: str) -> str | None:
    """What a file name stands for, or None."""
    return _KINDS.get(os.path.splitext(path)[1].lower())


def expand(paths: Iterable[str], exclude: Iterable[str] = (), base: str = ".") -> list[File]:
    """The files behind paths: files as they are given, folders walked; each file once, in the order given.

    Walks honour .gitignore and `exclude` (patterns of the same kind, relative to `base`), and skip environments,
    checkpoints and JSON data. A given file is taken whatever it is; one of an unknown kind counts as a config.
    Raises NoSuchPath.
    """
    found: dict[str, File] = {}
    for path in paths:
        if os.path.isdir(path):
            for file in _Walk(path, tuple(exclude), base).files():
                found.setdefault(os.path.normpath(file.path), file)
        elif os.path.exists(path):
            shown = path.replace(os.sep, "/").removeprefix("./")
            found[os.path.normpath(path)] = File(shown, kind_of(path) or CONFIG, True)
        else:
            raise NoSuchPath(f"{path}: no such file or folder")
    return list(found.values())


class _Walk:
    """One folder of the command line, walked in the order of names."""

    def __init__(self, top: str, exclude: tuple[str, ...], base: str) -> None:
        from .ignore import parse

        self.top = top
        self.scopes: list[_Scope] = []
        root = repository_root(top)
        if root is not None:
            info = read_text(os.path.join(root, ".git", "info", "exclude"))
            self.scopes.append((root, parse(info or "")))
            above = [folder for folder in upward(top) if folder != os.path.abspath(top)]
            self.scopes += [(folder, _patterns(folder)) for folder in reversed(above)]
        self.excluded = (os.path.abspath(base), parse("\n".join(exclude)))

    def files(self) -> Iterator[File]:
        yield from self.folder(self.top, self.scopes)

    def folder(self, folder: str, scopes: list[_Scope]) -> Iterator[File]:
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError:
            return
        names = {entry.name for entry in entries}
        if folder != self.top and self.holds_no_code(os.path.basename(folder), names):
            return
        if ".gitignore" in names:
            scopes = [*scopes, (os.path.abspath(folder), _patterns(folder))]
        prefix = "" if folder in (".", "./") else folder.rstrip("/") + "/"
        for entry in entries:
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in _SKIPPED and not self.ignored(path, True, scopes):
                    yield from self.folder(path, scopes)
                continue
            kind = kind_of(entry.name)
            if kind is None or not entry.is_file() or self.ignored(path, False, scopes):
                continue
            if entry.name.lower().endswith(".json"):
                from ..documents.sniff import sniff

                if not sniff(path):
                    continue
            yield File(path.replace(os.sep, "/"), kind, False)

    def holds_no_code(self, name: str, names: set[str]) -> bool:
        """Whether a folder is an environment or what a training run saved."""
        return "pyvenv.cfg" in names or name.startswith("checkpoint-") or not names.isdisjoint(_CHECKPOINT_MARKS)

    def ignored(self, path: str, is_folder: bool, scopes: list[_Scope]) -> bool:
        """Whether .gitignore files or `exclude` leave a path out; the nearest file that speaks of it decides."""
        from .ignore import verdict

        full = os.path.abspath(path)
        if verdict(self.excluded[1], _below(full, self.excluded[0]), is_folder):
            return True
        for folder, patterns in reversed(scopes):
            if patterns:
                found = verdict(patterns, _below(full, folder), is_folder)
                if found is not None:
                    return found
        return False


def _patterns(folder: str) -> tuple[Pattern, ...]:
    from .ignore import parse

    return parse(read_text(os.path.join(folder, ".gitignore")) or "")


def _below(path: str, folder: str) -> str:
    """The POSIX path relative to a folder; outside of it the path itself, which no anchored pattern matches."""
    return path[len(folder) :].replace(os.sep, "/").lstrip("/") if path.startswith(folder) else path
