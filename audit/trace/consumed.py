"""Whether the library that will run does anything with what a key hands it: from its source, for the Trainer in use."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...schemas import readers
from . import flow
from .flow import Answer, EntryFlow, KeyFlow

if TYPE_CHECKING:
    from .machine import Machine

# Switches that the library leaves to the script around its Trainer (transformers 5.16.1, training_args.py).
FOR_SCRIPTS = ("do_train", "do_eval", "do_predict", "resume_from_checkpoint", "local_rank", "output_dir")
# The surface whose parameters the keys of a config are.
CONFIG_LOADERS = {
    "gliner.GLiNER.from_config": "gliner.GLiNERConfig",
    "gliner.GLiNER.load_from_config": "gliner.GLiNERConfig",
}
_INTEGRATIONS = "/integrations/"
"""Readers there run for some launchers only; the summaries name but the first readers of a field."""


def trainer(m: Machine, entry: EntryFlow) -> str | None:
    """The Trainer class that will run, when it is one whose code is known and nobody in the project extends it."""
    sinks = {call.sink for call in entry.calls}
    if {readers.GLINER_TRAINER, "gliner.GLiNER.train_model"} & sinks:
        found = readers.GLINER_TRAINER
    elif readers.PLAIN_TRAINER in sinks:
        found = readers.PLAIN_TRAINER
    else:
        return None
    trees = [module.tree for module in m.project.modules.values() if module is not None and not module.library]
    return None if any(_extends(tree.body) for tree in trees) else found


def _extends(body: list[ast.stmt]) -> bool:
    return any(name.endswith("Trainer") for node in _classes(body) for base in node.bases for name in _names(base))


def _classes(body: list[ast.stmt]) -> Iterator[ast.ClassDef]:
    """The classes that statements define, at any depth; expressions hold none."""
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield node
        for name in ("body", "orelse", "finalbody"):
            yield from _classes(getattr(node, name, []))
        for handler in getattr(node, "handlers", ()):
            yield from _classes(handler.body)


def _names(base: ast.expr) -> Iterator[str]:
    for node in ast.walk(base):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr


def uses(key: KeyFlow, versions: dict[str, str], trainer: str) -> list[readers.Use] | None:
    """What becomes of the key at each parameter that it reaches; None where a parameter is not known, or is left to
    the script."""
    ends = [f for f in key.forwarded if f.accepted != flow.NO and f.param not in (*FOR_SCRIPTS, "*")]
    if not ends or len(ends) != len(key.forwarded):
        return None
    found = [readers.use(CONFIG_LOADERS.get(f.sink, f.sink), f.param, versions, trainer) for f in ends]
    return None if None in found else [use for use in found if use is not None]


def answer(m: Machine, key: KeyFlow, trainer: str | None) -> Answer:
    """Is the value used once it is handed over? The witness of a yes is a line of the library."""
    if key.answers["forwarded"].value == flow.NO:
        return Answer(flow.NO)
    if trainer is None:
        return Answer(flow.UNKNOWN)
    for way in key.forwarded:
        known = way.confidence == "proven" and way.accepted == flow.YES and way.param not in FOR_SCRIPTS
        use = readers.use(CONFIG_LOADERS.get(way.sink, way.sink), way.param, m.surfaces.versions, trainer)
        if known and use is not None and use.verdict == "live" and not use.reporters:
            reader = next((r for r in use.readers if _INTEGRATIONS not in r.source), None)
            if reader is not None:
                return Answer(flow.YES, reader.source)
    every = uses(key, m.surfaces.versions, trainer)
    inert = every is not None and not key.lost and all(use.verdict == "inert" for use in every)
    return Answer(flow.NO) if inert else Answer(flow.UNKNOWN)
