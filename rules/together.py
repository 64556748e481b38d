"""A config against the training code that reads it: what this trainer ignores, lacks, maps away, casts."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ..audit.documents.node import Span, dotted
from .engine import span_of
from .finding import ERROR, WARNING, Finding
from .pairing import group, leaves

if TYPE_CHECKING:
    from ..audit.documents.document import Document
    from ..audit.documents.node import Path
    from ..audit.trace.flow import EntryFlow, KeyFlow
    from .code._audited import Audited
    from .code._rule import CodeReport
    from .scripts import Script

TRAIN_MODEL, GLINER_ARGUMENTS = "gliner.GLiNER.train_model", "gliner.training.TrainingArguments"
# Findings that hang on what the trainer's own call says: it may set these parameters itself.
_DECIDED: Mapping[str, tuple[str, ...]] = {
    "evaluation-never-runs": ("eval_strategy", "evaluation_strategy", "do_eval"),
    "schedule-needs-evaluation": ("eval_strategy", "evaluation_strategy", "do_eval"),
    "best-model-unmatched": ("eval_strategy", "evaluation_strategy", "save_strategy", "eval_steps", "save_steps"),
    "metric-not-produced": ("compute_metrics", "metric_for_best_model"),
    "precision-on-cpu": ("bf16", "fp16", "use_cpu"),
    "needs-workers": ("dataloader_num_workers",),
    "steps-beat-epochs": ("max_steps", "num_train_epochs"),
    "epochs-lose-to-hidden-steps": ("max_steps", "num_train_epochs"),
}
# Findings that a key has no meaning, or another place: the trainer that reads it knows better.
_MEANINGLESS = ("unknown-key", "key-not-in-version", "key-in-wrong-section", "dead-key", "inert-argument", "set-twice")
# Findings that a name is refused.
_REFUSALS = ("unknown-key", "key-not-in-version")
_JUDGED = ("transformers", "gliner", "peft", "trl")
# Findings that a key reaches nothing, or not what it is named after.
_DENIALS = ("dead-field", "used-elsewhere-only")


class Trainer(NamedTuple):
    """Training code that reads configs: `entries` are those of its entries that load one and train, `given` the configs
    that they were traced with."""

    path: str
    script: Script
    entries: tuple[Audited, ...]
    given: frozenset[str] = frozenset()

    def group(self, config: str) -> tuple[str, ...]:
        """The keys under which this trainer finds what stands in a config: those of its Hydra group."""
        return group(self.path, (one.entry for one in self.entries), config)

    @property
    def layer(self) -> str | None:
        """The surface that receives the training arguments."""
        sinks = [call.sink for one in self.entries for call in one.entry.calls if not call.library]
        return next((name for name in (TRAIN_MODEL, GLINER_ARGUMENTS) if name in sinks), None)


def trainer(script: Script, versions: Mapping[str, str]) -> Trainer | None:
    """A traced script as a trainer of configs; None when no entry of it loads a config and trains."""
    from .code._audited import Audited
    from .scripts import trains

    if script.flow is None:
        return None
    entries = [
        Audited(entry, versions, script.texts)
        for entry in script.flow.entries
        if trains(entry) and any(source.kind == "config" for source in entry.sources)
    ]
    given = frozenset(name for one in entries for name in one.entry.given)
    return Trainer(script.path, script, tuple(entries), given) if entries else None


def findings(document: Document, trainer: Trainer) -> list[Finding]:
    """What is to be said of a config that this trainer reads: only what holds at every entry that loads it."""
    from .scripts import loaded_files

    if trainer.group(document.path):
        return []
    found: list[dict[tuple[str, str], tuple[Path, CodeReport, str]]] = []
    values: list[dict[tuple[str, str | None], Finding]] = []
    own = os.path.realpath(document.path)
    flow = trainer.script.flow
    files = loaded_files(trainer.path, flow) if flow is not None else {}
    names = frozenset(name for name, place in files.items() if os.path.realpath(place) == own)
    for audited in trainer.entries:
        if audited.entry.gated or audited.entry.exhausted:
            return []
        rows: dict[tuple[str, str], tuple[Path, CodeReport, str]] = {}
        for name, path, report in _of_entry(document, audited, trainer.path, names):
            rows.setdefault((name, dotted(path)), (path, report, audited.entry.entry))
        found.append(rows)
        values.append({(one.name, one.key): one for one in _of_values(document, audited, trainer.path)})
    said = [
        _finding(document, name, *found[0][name, key]) for name, key in found[0] if all((name, key) in r for r in found)
    ]
    return said + [one for about, one in values[0].items() if all(about in rows for rows in values)]


def _of_values(document: Document, audited: Audited, trainer: str) -> Iterator[Finding]:
    """What the parameters that its keys reach say of the values."""
    from .reached import of_key, plain

    keys = {key.key: key for key in audited.entry.keys if key.kind == "config"} if plain(audited) else {}
    for path in leaves(document.data):
        key = keys.get(dotted(path))
        if key is not None:
            yield from of_key(document, path, audited, key, trainer)


def _of_entry(
    document: Document, audited: Audited, trainer: str, names: frozenset[str]
) -> Iterator[tuple[str, Path, CodeReport]]:
    from .code._with_config import absent, of_key

    asked = _for_any_config(audited, trainer)
    others = {key.key: key for key in asked.entry.keys}
    keys = {key.key: key for key in audited.entry.keys if key.kind in ("config", "option")}
    written = set(leaves(document.data))
    for path in written:
        key = keys.get(dotted(path))
        if key is not None:
            value: Any = document.data
            for part in path:
                value = value[part]
            for name, report in of_key(audited, key, value, trainer):
                if name not in _DENIALS or not _goes_further(others, key):
                    yield name, path, report
    present = frozenset(map(dotted, _every(document.data)))
    for one in (audited, asked) if asked is not audited else (audited,):
        for key, report in absent(one, document.data, present, trainer, document.path, names):
            yield "read-but-absent", tuple(key.key.split(".")), report


def _goes_further(others: Mapping[str, KeyFlow], key: KeyFlow) -> bool:
    """Whether a key, by itself or in a section that is handed over whole, reaches more with some other config: what
    stops it is what this one lacks, and is said there."""
    from ..audit.trace.verdicts import strong_uses

    parts = key.key.split(".")
    names = [key.key, *(".".join((*parts[:depth], "*")) for depth in range(len(parts)))]
    found = [others[name] for name in names if name in others]
    if key.forwarded or not found:
        return False
    return any(one.forwarded or (strong_uses(one) and not strong_uses(key)) for one in found)


def _for_any_config(audited: Audited, trainer: str) -> Audited:
    """What the entry does with a config of which nothing is known: one that walks a given config knows only the keys
    that stand in it, and goes no further than the first that it lacks."""
    from .code._audited import Audited

    if not audited.entry.shaped:
        return audited
    state = (os.getcwd(), tuple(sorted(audited.versions.items())), tuple(sorted(audited.texts.items())))
    bare = _without_configs(trainer, *state).get(audited.entry.entry)
    return Audited(bare, audited.versions, audited.texts) if bare is not None else audited


@lru_cache(maxsize=16)
def _without_configs(
    script: str, folder: str, versions: tuple[tuple[str, str], ...], texts: tuple[tuple[str, str], ...]
) -> dict[str, EntryFlow]:
    """The entries of a script that is given no config.

    `folder` and `texts` are all that the trace depends on beside the versions, so that the cache is never stale.
    """
    from ..audit.trace import trace

    try:
        return {entry.entry: entry for entry in trace(script, versions=dict(versions)).entries}
    except (SyntaxError, ValueError, OSError, RecursionError):
        return {}


def _finding(document: Document, name: str, path: Path, report: CodeReport, entry: str) -> Finding:
    from . import index
    from .scripts import findings as as_findings

    span: Span = span_of(document, path, "key")
    from ..audit.trace.values import Site
    from .engine import rule

    one: Any = rule(index.NAMES[name][1])
    placed = report._replace(site=Site(document.path, *span), key=dotted(path))
    return as_findings([(one, placed)], entry)[0]


def settle(found: Sequence[Finding], trainer: Trainer, config: str) -> list[Finding]:
    """The findings on a config as this trainer's flow leaves them: what it casts, sets or ignores itself is dropped."""
    prefix = "".join(f"{part}." for part in trainer.group(config))
    from .code._refused import refusing
    from .reached import plain

    keys: dict[str, list[KeyFlow]] = {}
    for one in trainer.entries:
        for key in one.entry.keys:
            keys.setdefault(key.key, []).append(key)
    given = {a.param for one in trainer.entries for call in one.entry.calls if not call.library for a in call.arguments}
    whole = [
        key.key.removesuffix("*") for flows in keys.values() for key in flows if key.key.endswith("*") and key.forwarded
    ]
    kept = []
    for finding in found:
        name = f"{prefix}{finding.key or ''}"
        flows = keys.get(name, [])
        if finding.name in _DECIDED and given & set(_DECIDED[finding.name]):
            continue
        if finding.name == "text-number" and flows:
            if all(_cast(flow) for flow in flows) or not all(map(plain, trainer.entries)):
                continue
            if any(flow.lost for flow in flows):
                finding = finding._replace(severity=WARNING)
        below = f"{name}."
        parts = [flow for part, inner in keys.items() if part.startswith(below) for flow in inner] if not flows else []
        used = any(flow.forwarded or flow.other_uses for flow in (*flows, *parts))
        spread = any(name.startswith(section) for section in whole)
        refused = bool(flows) and all(map(refusing, flows))
        if finding.name in _MEANINGLESS and used and not spread and not refused:
            continue
        if flows and used and not spread and not any(map(_reaches, flows)):
            continue
        if flows and all(flow.state in ("dead", "checked-only") for flow in flows):
            continue
        kept.append(finding)
    return kept


def stronger(by_shape: Sequence[Finding], by_flow: Sequence[Finding]) -> list[Finding]:
    """What the shape of a config and the flow of its trainer say, each thing once: as the shape says it, unless the
    flow is surer. Of a key that the shape does not know, an error of the flow says where the run stops."""
    from .reached import is_of_value

    errors = {one.key: one for one in by_flow if one.name in _REFUSALS and one.severity == ERROR}
    kept = [
        one
        for one in by_shape
        if not (one.name in _REFUSALS and one.severity != ERROR and one.key in errors and one.suppressed is None)
    ]
    said = {(one.name, one.key) for one in kept}
    judged = {one.key for one in kept if is_of_value(one.name)}
    own = (one for one in by_flow if not (is_of_value(one.name) and one.key in judged))
    return [*kept, *(one for one in own if (one.name, one.key) not in said)]


def _reaches(key: KeyFlow) -> bool:
    """Whether the key gets to a library that the findings on its value are about, or nobody knows where it gets."""
    from ..audit.trace.verdicts import strong_uses

    known = any(forward.sink.partition(".")[0] in _JUDGED for forward in key.forwarded)
    return known or (bool(key.lost) and not key.forwarded and not strong_uses(key))


def _cast(key: KeyFlow) -> bool:
    """Whether every way to the library goes through a conversion to a number, or nothing goes there."""
    ways = [forward for forward in key.forwarded if not forward.library]
    return any(cast.to in ("float", "int") for cast in key.casts) and all("cast" in way.tags for way in ways)


def _every(data: Any, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    if isinstance(data, dict):
        for key, value in data.items():
            if isinstance(key, str):
                yield from _every(value, (*path, key))
