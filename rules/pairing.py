"""Which training code a config is held against: the trainers that are named, else the script that loads this file.

A dialect's config needs one key that the trainer reads. A file that no dialect knows may be anything (data, another
tool's settings): it is this trainer's when the user names it beside the trainer, or when the trainer loads it, and when
what it holds is for the most part what the trainer asks for.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..audit.documents.node import dotted
from . import nearby

if TYPE_CHECKING:
    from ..audit.documents.document import Document
    from ..audit.documents.node import Path
    from ..audit.trace.flow import EntryFlow
    from .scripts import Script
    from .together import Trainer

_LEAST_FORWARDED = 3
"""So many keys that reach a library make a training config of a file that is mostly something else."""


def reads(entries: Iterable[EntryFlow], data: Any, below: Path = ()) -> bool:
    """Whether training code can be meant for a config: it reads at least one of its keys, which it finds `below`."""
    named = {dotted((*below, *path)) for path in leaves(data)}
    return any(key.key in named and (key.reads or key.forwarded) for entry in entries for key in entry.keys)


def group(script: str, entries: Iterable[EntryFlow], config: str) -> tuple[str, ...]:
    """Under which keys Hydra puts a config of a group: those of its folder below the one of the main config."""
    for entry in entries:
        for source in entry.sources:
            if source.what != "hydra.main" or not source.path:
                continue
            home = os.path.realpath(os.path.join(os.path.dirname(script), os.path.dirname(source.path)))
            folder = os.path.relpath(os.path.dirname(os.path.realpath(config)), home)
            if folder != os.curdir and not folder.startswith(os.pardir):
                return tuple(folder.split(os.sep))
    return ()


def fits(entries: Iterable[EntryFlow], data: Any) -> bool:
    """Whether a file of no known shape holds what the code asks for: half of its keys are used, or half of the keys
    that the code asks for stand in it and reach a library."""
    named = {dotted(path) for path in leaves(data)}
    return any(_fits(entry, named) for entry in entries)


def _fits(entry: EntryFlow, named: set[str]) -> bool:
    asked = {k.key: k for k in entry.keys if k.kind in ("config", "option") and (k.reads or k.forwarded)}
    whole = tuple(name[:-1] for name, key in asked.items() if name.endswith("*") and key.forwarded)
    common = {name for name in named if name in asked or name.startswith(whole)}
    if not common or (len(common) == 1 and len(named) > 1):
        return False
    forwarded = sum(1 for name in common if name not in asked or asked[name].forwarded)
    return 2 * len(common) >= len(named) or (2 * len(common) >= len(asked) and forwarded >= _LEAST_FORWARDED)


def loaded(script: Script) -> frozenset[str]:
    """The config files that a script names itself, by their real paths."""
    from .scripts import loaded_files

    found = loaded_files(script.path, script.flow).values() if script.flow is not None else ()
    return frozenset(map(os.path.realpath, found))


def alone(path: str, document: Document, versions: Callable[[str], Mapping[str, str]], known: bool) -> Trainer | None:
    """The script of the project that loads this very config, when the tracer can tell. `known`: it has a dialect."""
    from .scripts import audit
    from .together import trainer

    for script in nearby.scripts(path):
        shown = os.path.relpath(script).replace(os.sep, "/")
        against = versions(shown)
        traced = audit(shown, against, {path: document})
        if os.path.realpath(path) not in loaded(traced):
            continue
        found = trainer(traced, against)
        if found is not None and (reads if known else fits)((one.entry for one in found.entries), document.data):
            return found
    return None


def leaves(data: Any, path: Path = ()) -> Iterator[Path]:
    """The paths of what is no mapping, as the tracer counts keys."""
    if isinstance(data, dict) and (data or not path):
        for key, value in data.items():
            if isinstance(key, str):
                yield from leaves(value, (*path, key))
    elif path:
        yield path
