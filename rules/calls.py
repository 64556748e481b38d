"""The config rules on the arguments of training calls: most people keep no YAML."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ..audit.calls.dialect import TRAIN_MODEL, CallDialect, is_config, is_subclass
from ..audit.calls.document import CallDocument, guarded, of_call, only
from ..audit.config import CALL_PARAMETERS, Config
from ..schemas import catalog
from .baseline import fingerprint
from .engine import findings
from .finding import Finding
from .index import NAMES
from .probed import probed

if TYPE_CHECKING:
    from ..audit.documents.document import Document
    from ..audit.trace.flow import Call, EntryFlow

# Rules that ask for what stands elsewhere in a config and nowhere in a call: the data, the model, the metrics.
_ELSEWHERE = frozenset(
    {"evaluation-never-runs", "metric-not-produced", "targets-not-in-model", "negatives-without-masking"}
)
# What only a run that trains is wrong about: a script that makes adapters and saves them may freeze them.
_OF_TRAINING = frozenset({"inference-mode"})
_TRAINING = (".train", ".train_model", "Trainer")
_NAMES, _VALUES = "keys.", "values."
_OWN_NAME = "unknown-key"
"""What is said of a name that the catalog never heard of; a subclass may well have it."""
_SPELT = re.compile(r"`(\w+): ([^`]+)`")
_NO_VALUE = re.compile(r"`(\w+): null`")
_PYTHON = {"true": "True", "false": "False", "null": "None"}


def of_entry(entry: EntryFlow, versions: Mapping[str, str], texts: Mapping[str, str]) -> list[Finding]:
    """The findings of the config rules on every call of an entry that is written in Python files of the project.

    Names are judged on every argument that the call certainly has, values on constants; rules that look at several
    parameters at once speak only where no argument is hidden, and of what follows from constants alone. A subclass of
    TrainingArguments has defaults, names and nulls of its own: only what it takes from its parent is judged.
    """
    found: list[Finding] = []
    trains = any(call.sink.endswith(_TRAINING) or call.sink.startswith("torch.optim") for call in entry.calls)
    for call in entry.calls:
        text = texts.get(call.site.file)
        if call.library or call.written or text is None or not is_config(call.sink):
            continue
        document = of_call(call, call.site.file, text, _objects(call.sink, versions))
        if document is not None:
            rows = _of_call(document, call, versions, entry.entry)
            found += [one for one in rows if trains or one.name not in _OF_TRAINING]
    return found


def _of_call(call: CallDocument, site: Call, versions: Mapping[str, str], entry: str) -> Iterator[Finding]:
    further = is_subclass(site.sink)
    known = frozenset(name for name in call.known if not (further and call.document.data[name] is None))
    parts: list[tuple[Document, tuple[str, ...]]] = [(call.document, (_NAMES,)), (only(call, known), (_VALUES,))]
    if site.complete and not further:
        parts.append((guarded(call), ()))
    seen: dict[tuple[str, str], int] = {}
    version = versions.get(site.sink.partition(".")[0], "")
    accepted = catalog.accepted(site.sink, version, versions)
    for document, topics in parts:
        for one in _lint(document, site.sink, versions):
            topic = NAMES[one.name][1]
            wanted = topic.startswith(topics) if topics else not topic.startswith((_NAMES, _VALUES))
            if not wanted or one.name in _ELSEWHERE or (further and one.name == _OWN_NAME):
                continue
            key = one.key or ""
            if topic.startswith(_NAMES) and (key in accepted or key in call.doubtful or _fitted(call, site, key)):
                continue
            occurrence = seen[one.name, key] = seen.get((one.name, key), -1) + 1
            renames = one.key in call.keywords and topic.startswith(_NAMES)
            said = _as_code if key in call.known else _without_value
            yield one._replace(
                message=said(one.message) or "",
                effect=said(one.effect),
                help=said(one.help),
                entry=entry,
                fixes=one.fixes if renames else (),
                fingerprint=fingerprint(one.name, one.file, f"{site.function}:{key}", occurrence),
            )


def _fitted(call: CallDocument, site: Call, key: str) -> bool:
    return probed(call.document.source.text, site, key in call.keywords)


def _as_code(text: str | None) -> str | None:
    """`name: true` as Python writes it: `name=True`."""
    return text and _SPELT.sub(lambda found: f"`{found[1]}={_literal(found[2])}`", text)


def _without_value(text: str | None) -> str | None:
    """What is said of an argument whose value is no constant: null stands for the value, and is none."""
    return _as_code(text and _NO_VALUE.sub(r"`\1`", text))


def _literal(value: str) -> str:
    if value in _PYTHON:
        return _PYTHON[value]
    try:
        ast.literal_eval(value)
    except (ValueError, SyntaxError):
        return f'"{value}"'
    return value


def _lint(document: Document, sink: str, versions: Mapping[str, str]) -> list[Finding]:
    dialect = CallDialect(sink)
    config = Config(document, dialect, versions, closed=True, casts=False, trainer=document.path, layer=dialect.layer)
    return findings(document, config)


def _objects(sink: str, versions: Mapping[str, str]) -> frozenset[str]:
    """The parameters of train_model that take objects or stand beside the training arguments."""
    version = versions.get("gliner")
    if sink != TRAIN_MODEL or version is None:
        return frozenset()
    surface = catalog.surface(sink, version, versions)
    own = surface.parameters if surface is not None else {}
    return frozenset(name for name in own if name not in (*CALL_PARAMETERS, "output_dir"))
