"""Traces a script: one machine for each entry point, the facts put together, the verdicts drawn."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Mapping
from typing import Any

from . import entries, verdicts
from .assemble import Assembly
from .flow import EntryFlow, LostTrail, ScriptFlow
from .machine import MAX_STEPS, Machine, Shape
from .project import Project
from .surfaces import Surfaces
from .values import Site

SECONDS = 25.0
"""The most time that one script may take, on top of what putting its facts together costs: a net below the steps."""
ASSEMBLY_STEPS = 50_000
"""What looking up the layers of libraries may cost after the entry itself."""
Leaves = Mapping[tuple[Any, ...], Site]


def trace_script(
    script: str,
    entry: str | None,
    versions: Mapping[str, str] | None,
    configs: Mapping[str, object] | None,
    root: str | None,
    steps: int = MAX_STEPS,
    seconds: float = SECONDS,
) -> ScriptFlow:
    """See `gliner_audit.audit.trace.trace`."""
    until = time.perf_counter() + seconds
    project = Project(script, root)
    surfaces = Surfaces(versions)
    shapes: dict[tuple[Any, ...], Shape] = {}
    for document in (configs or {}).values():
        _shape(tree(document), (), shapes)
    references = {}
    for document in (configs or {}).values():
        references.update(interpolations(tree(document)))
    given = {name: leaves(name, document) for name, document in (configs or {}).items()}
    out = ScriptFlow(project.main.file)
    names = [entry] if entry is not None else entries.syntactic(project)
    for name in names:
        left = max(MAX_STEPS, steps - sum(e.steps for e in out.entries))
        found = _one(project, surfaces, name, given, shapes, references, min(steps, left), until)
        if found is None and entry is not None:
            raise ValueError(f"{project.main.file} has no function {entry}")
        if found is not None:
            out.entries.append(found)
    if entry is None and not any(e.calls for e in out.entries):
        reaching: list[EntryFlow] = []
        spent = 0
        for name in entries.roots(project.main):
            ask = spent < steps
            share = min(steps, max(MAX_STEPS, steps - spent))
            found = _one(project, surfaces, name, given, shapes, references, share, until, False) if ask else None
            spent += found.steps if found is not None else 0
            if found is not None and found.calls:
                reaching.append(found)
        out.entries = reaching or out.entries
    out.files = sorted({m.file for m in project.modules.values() if m is not None})
    out.failed = list(project.failed)
    return out


def _one(
    project: Project,
    surfaces: Surfaces,
    name: str,
    given: Mapping[str, Leaves],
    shapes: Mapping[tuple[Any, ...], Shape],
    references: Mapping[str, list[str]],
    steps: int,
    until: float,
    program: bool = True,
) -> EntryFlow | None:
    machine = Machine(project, surfaces, shapes, steps, until)
    if not entries.run(machine, name):
        return None
    late, machine.until = machine.late(), math.inf
    spent, machine.max_steps = machine.steps, machine.steps + ASSEMBLY_STEPS
    result = Assembly(machine, name, given, references).run()
    result.steps, result.exhausted, result.shaped = spent, machine.exhausted, machine.shaped
    if machine.exhausted:
        site = Site(project.main.file, 1, 1, 1, 1)
        spent_on = "the time for one script" if late else f"the budget of {steps} steps"
        trail = LostTrail(site, f"{spent_on} was spent before the end")
        result.gated.append(trail)
        result.lost.append(trail)
    verdicts.judge(machine, result, program)
    return result


def leaves(name: str, document: object) -> dict[tuple[Any, ...], Site]:
    """The leaves of a config: path to the place of the key; a plain tree has no places (line 1), a document its own."""
    out: dict[tuple[Any, ...], Site] = {}
    _collect(name, tree(document), (), out)
    find: Any = getattr(document, "node", None)
    if find is not None:
        for path in out:
            node = find(path)
            span = (node.key_span or node.span) if node is not None else None
            if span is not None:
                out[path] = Site(name, span.line, span.column, span.end_line, span.end_column)
    return out


def tree(document: object) -> object:
    """The plain value of a config: of a document (audit.documents) its `data`, of anything else itself."""
    return getattr(document, "data", document) if hasattr(document, "node") else document


def _collect(name: str, value: object, path: tuple[Any, ...], out: dict[tuple[Any, ...], Site]) -> None:
    if isinstance(value, Mapping) and (value or not path):
        for key, inner in value.items():
            _collect(name, inner, (*path, key), out)
        return
    if isinstance(value, list) and any(isinstance(v, Mapping) for v in value):
        for position, inner in enumerate(value):
            _collect(name, inner, (*path, position), out)
        return
    if path:
        out[path] = Site(name, 1, 1, 1, 1)


def _shape(value: object, path: tuple[Any, ...], out: dict[tuple[Any, ...], Shape]) -> None:
    """Kinds and keys of a config by path; where several configs differ, nothing is said."""
    if isinstance(value, Mapping):
        shape = Shape("dict", tuple(value))
    elif isinstance(value, list):
        shape = Shape("list", tuple(range(len(value))))
    else:
        shape = Shape("leaf", ())
    known = out.get(path)
    if known is None or known.kind == shape.kind == "dict":
        children = tuple(dict.fromkeys((*(known.children if known is not None else ()), *shape.children)))
        out[path] = Shape(shape.kind, children)
    elif known != shape:
        out[path] = Shape("unknown", ())
    if isinstance(value, Mapping):
        for key, inner in value.items():
            _shape(inner, (*path, key), out)
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            _shape(inner, (*path, position), out)


def interpolations(document: object, prefix: str = "") -> dict[str, list[str]]:
    """OmegaConf's `${a.b}` in a config: key → the keys that its value refers to."""
    out: dict[str, list[str]] = {}
    if isinstance(document, Mapping):
        for key, inner in document.items():
            out.update(interpolations(inner, f"{prefix}.{key}" if prefix else str(key)))
    elif isinstance(document, list):
        for position, inner in enumerate(document):
            out.update(interpolations(inner, f"{prefix}[{position}]"))
    elif isinstance(document, str) and "${" in document:
        out[prefix] = re.findall(r"\$\{([\w.]+)\}", document)
    return out
