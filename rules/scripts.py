"""Auditing training code: one script in, its findings and abstentions out, entry point by entry point."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from . import index
from .baseline import fingerprint
from .engine import URL, rule
from .finding import ERROR, PROVEN, Abstention, Finding, Related

if TYPE_CHECKING:
    from ..audit.documents.document import Document
    from ..audit.trace.flow import EntryFlow, ScriptFlow
    from .code._rule import CodeReport, CodeRule

# A file that names none of these reaches no training surface by itself; walks trace no other.
_TRAINS = re.compile(
    r"TrainingArguments|train_model|\bTrainer\b|\w+Trainer\(|LoraConfig|get_peft_model|SFTConfig|DPOConfig|torch\.optim|AdamW"
)
_ENTRY = re.compile(
    r"__name__ *==|\.command\(|\.callback\(|fire\.Fire|hydra\.main|typer\.run|parse_args|parse_known_args"
)
_SINK = re.compile(
    r"(TrainingArguments|train_model|create_training_args|Trainer|Trainer\.train|Config|get_peft_model)$"
)
UNPARSED = "cannot-be-read"
NAMED, MET = 400_000, 40_000
"""Steps that a script is worth which the user named, and one that a walk met."""


class Script(NamedTuple):
    """One audited file: `flow` is None when it does not parse; `texts` are the project files that were read."""

    path: str
    flow: ScriptFlow | None
    texts: Mapping[str, str]
    findings: tuple[Finding, ...]
    abstained: tuple[Abstention, ...]

    @property
    def trains(self) -> bool:
        """Whether an entry of the script reaches a training call."""
        return self.flow is not None and any(map(trains, self.flow.entries))


def trains(entry: EntryFlow) -> bool:
    """Whether an entry reaches a training call: an inference script that loads a model does not."""
    return any(
        call.sink.startswith("torch.optim") or (_SINK.search(call.sink) and not call.sink.endswith("GLiNERConfig"))
        for call in entry.calls
    )


def worth_tracing(path: str) -> bool:
    """Whether a file that a walk met may be a training script: it names a training call and is more than a library."""
    if os.path.basename(path).startswith(("test_", "conftest")):
        return False
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read()
    except OSError:
        return False
    return _TRAINS.search(text) is not None and (path.endswith(".ipynb") or _ENTRY.search(text) is not None)


def audit(
    path: str,
    versions: Mapping[str, str],
    configs: Mapping[str, Document] | None = None,
    *,
    entry: str | None = None,
    steps: int = MET,
) -> Script:
    """Trace a script and run the rules on code over each entry that trains.

    `versions` maps a distribution to a catalog version, `configs` a config file to its document; `steps` is what
    following the script may cost. A script that cannot be parsed is one finding.
    """
    from ..audit.trace import trace

    try:
        data = {name: document.data for name, document in (configs or {}).items()}
        flow = trace(path, entry=entry, versions=versions, configs=data or None, steps=steps)
    except SyntaxError as error:
        where = (error.lineno or 1, error.offset or 1)
        return Script(path, None, {}, (_unparsed(path, *where, f"the file is no Python: {error.msg}"),), ())
    except (ValueError, OSError, RecursionError) as error:
        if entry is not None and isinstance(error, ValueError):
            raise
        return Script(path, None, {}, (_unparsed(path, 1, 1, f"the file cannot be read: {error}"),), ())
    except Exception as error:
        reason = f"the tracer failed ({type(error).__name__}: {error}); please report it"
        return Script(path, None, {}, (), (Abstention(path, 1, reason),))
    _place(flow, configs or {})
    texts = _texts(path, flow)
    entries = [one for one in flow.entries if trains(one)]
    if not entries:
        return Script(path, flow, texts, (), ())
    shipped = {} if configs else _shipped(path, flow)
    beside = _validators(path, flow, versions)
    found = [_of_entry(one, versions, texts, shipped, beside) for one in entries]
    return Script(path, flow, texts, tuple(collapse(f for some in found for f in some)), tuple(_abstained(entries)))


def _place(flow: ScriptFlow, configs: Mapping[str, Document]) -> None:
    """Put the declarations that a config makes where the config has them."""
    from ..audit.trace.values import Site
    from .engine import span_of

    for entry in flow.entries:
        for key in entry.keys:
            for number, declared in enumerate(key.declared):
                document = configs.get(declared.site.file)
                if document is not None:
                    span = span_of(document, declared.key.path, "key")
                    key.declared[number] = declared._replace(site=Site(document.path, *span))
            if key.answers.get("declared") is not None and key.declared:
                site = key.declared[0].site
                key.answers["declared"] = key.answers["declared"].__class__("yes", f"{site.file}:{site.line}")


def rules() -> Iterator[CodeRule]:
    """Every rule on code."""
    for module in index.CODE:
        one: Any = rule(module)
        yield one


def _of_entry(
    entry: EntryFlow,
    versions: Mapping[str, str],
    texts: Mapping[str, str],
    configs: Mapping[str, frozenset[str]],
    beside: Sequence[EntryFlow],
) -> list[Finding]:
    from .calls import of_entry
    from .code._audited import Audited

    audited = Audited(entry, versions, texts, configs, beside)
    reports = [(one, _in_file(report, texts)) for one in rules() for report in one.check(audited)]
    return findings(reports, entry.entry) + of_entry(entry, versions, texts)


def _in_file(report: CodeReport, texts: Mapping[str, str]) -> CodeReport:
    """The report with its place as the file has it: a line of a notebook's code stands in a JSON string."""
    text = texts.get(report.site.file)
    if text is None or not report.site.file.endswith(".ipynb"):
        return report
    from ..audit.calls.places import in_notebook

    return report._replace(site=in_notebook(text, report.site))


def findings(reports: Iterable[tuple[CodeRule, CodeReport]], entry: str | None) -> list[Finding]:
    """Reports as findings, in the order of their places."""
    placed = sorted(reports, key=lambda item: (item[1].site, item[0].id, item[1].key or ""))
    seen: dict[tuple[str, str, str], int] = {}
    out = []
    for one, report in placed:
        site = report.site
        identity = (one.name, site.file, report.key or "")
        occurrence = seen[identity] = seen.get(identity, -1) + 1
        out.append(
            Finding(
                rule=one.id,
                name=one.name,
                severity=report.severity or one.severity,
                confidence=report.confidence,
                message=report.message,
                file=site.file,
                line=site.line,
                column=site.column,
                end_line=site.end_line,
                end_column=site.end_column,
                fingerprint=fingerprint(one.name, site.file, report.key, occurrence),
                key=report.key,
                entry=entry,
                effect=report.effect,
                help=report.help,
                url=URL.format(name=one.name),
                path=report.path,
                related=tuple(Related(*place, message) for place, message in report.related),
            )
        )
    return out


def collapse(found: Iterable[Finding]) -> list[Finding]:
    """Findings that several entries share, as one that names them all."""
    kept: dict[tuple[object, ...], Finding] = {}
    for one in found:
        identity = (one.name, one.file, one.line, one.column, one.key, one.message)
        first = kept.get(identity)
        if first is None:
            kept[identity] = one
        elif one.entry and one.entry not in (first.entry or "").split(", "):
            kept[identity] = first._replace(entry=f"{first.entry}, {one.entry}" if first.entry else one.entry)
    return list(kept.values())


def _abstained(entries: Iterable[EntryFlow]) -> Iterator[Abstention]:
    """Where trails ended, each place once."""
    rows = (Abstention(lost.site.file, lost.site.line, lost.reason, lost.key) for e in entries for lost in e.lost)
    yield from dict.fromkeys(rows)


def _unparsed(path: str, line: int, column: int, message: str) -> Finding:
    id, _ = index.NAMES[UNPARSED]
    return Finding(
        rule=id,
        name=UNPARSED,
        severity=ERROR,
        confidence=PROVEN,
        message=message[:1].upper() + message[1:],
        file=path,
        line=max(line, 1),
        column=max(column, 1),
        end_line=max(line, 1),
        end_column=max(column, 1),
        fingerprint=fingerprint(UNPARSED, path, None, 0),
        effect="Python stops here, before anything trains",
        url=URL.format(name=UNPARSED),
    )


def _texts(path: str, flow: ScriptFlow) -> dict[str, str]:
    """The texts of the project files that were read, under the names that findings show."""
    from ..audit.project.root import read_text

    bases = [".", os.path.dirname(path), *_above(path)]
    found = {}
    for file in flow.files:
        for base in bases:
            place = path if file == flow.script else os.path.join(base, file)
            if os.path.isfile(place):
                found[file] = read_text(place) or ""
                break
    return found


def _above(path: str) -> list[str]:
    from ..audit.project.root import upward

    return list(upward(os.path.dirname(path) or "."))


def loaded_files(path: str, flow: ScriptFlow) -> dict[str, str]:
    """The config files that a script names itself, where they exist: path as the script writes it to a real one."""
    found = {}
    for entry in flow.entries:
        for source in entry.sources:
            if source.kind != "config" or not source.path:
                continue
            for base in (".", os.path.dirname(path), *_above(path)):
                place = os.path.normpath(os.path.join(base, source.path))
                if os.path.isfile(place):
                    found[source.path] = place
                    break
    return found


def _shipped(path: str, flow: ScriptFlow) -> dict[str, frozenset[str]]:
    """The keys of the config files that the script loads when nobody says otherwise."""
    from ..audit.documents import read
    from ..audit.documents.node import dotted

    found = {}
    for name, place in loaded_files(path, flow).items():
        document = read(place, name)
        if isinstance(document.data, dict):
            found[name] = frozenset(dotted(inner) for inner, _ in document.walk())
    return found


def _validators(path: str, flow: ScriptFlow, versions: Mapping[str, str]) -> list[EntryFlow]:
    """Other commands of the same folder that check a config and train nothing."""
    from ..audit.trace import trace

    folder = os.path.dirname(path) or "."
    leaves = {
        key.leaf for entry in flow.entries for key in entry.keys if key.validated and key.kind in ("config", "field")
    }
    if len(leaves) < _LEAST_SHARED:
        return []
    found: list[EntryFlow] = []
    for name in sorted(os.listdir(folder))[:_MOST_FILES]:
        place = os.path.join(folder, name)
        if not name.endswith(".py") or name.startswith("test_") or os.path.samefile(place, path):
            continue
        with open(place, encoding="utf-8", errors="replace") as file:
            text = file.read()
        named = sum(1 for leaf in leaves if f'"{leaf}"' in text or f"'{leaf}'" in text or f"    {leaf}:" in text)
        if len(found) >= _MOST_VALIDATORS or not _LOADS.search(text):
            continue
        if named < _LEAST_SHARED or ("raise" not in text and "error" not in text.lower()):
            continue
        try:
            other = trace(place, versions=versions, steps=_VALIDATOR_STEPS)
        except (SyntaxError, ValueError, OSError, RecursionError):
            continue
        found += [entry for entry in other.entries if not trains(entry)]
    return found


_LEAST_SHARED = 3
_MOST_FILES = 200
_MOST_VALIDATORS = 4
_VALIDATOR_STEPS = 20_000
_LOADS = re.compile(r"yaml|json\.load|tomllib|toml\.load|OmegaConf")
