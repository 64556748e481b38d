"""Runs the rules that a document wakes, and turns their reports into findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from ..audit.dialects import DIALECTS, outline, recognise
from ..audit.documents.node import Span, dotted
from ..audit.project.versions import BEFORE
from ..audit.unknown import NotKnown
from . import index
from .baseline import fingerprint
from .finding import ERROR, LIKELY, SEVERITIES, WARNING, Edit, Finding, Fix, Related

if TYPE_CHECKING:
    from ..audit.config import Config
    from ..audit.documents.document import Document
    from ..audit.documents.node import Path
    from .rule import Mend, Report, Rule

URL = "https://github.com/gliner-audit/gliner-audit/blob/main/docs/rules/{name}.md"
UNREADABLE = "document.cannot_be_read"
_RULES: dict[str, Rule] = {}


class Terms(NamedTuple):
    """On what terms a document is linted.

    `versions` maps a distribution to a catalog version; `dialect` forces one by name; `casts`, `trainer`, `layer`,
    `closed` and `gaps` as in Config; `named` says that the user named this very file: one that says nothing is worth a
    word.
    """

    versions: Mapping[str, str]
    dialect: str | None = None
    casts: bool | None = None
    trainer: str | None = None
    layer: str | None = None
    closed: bool = False
    named: bool = True
    gaps: Mapping[str, str] = {}


class Linted(NamedTuple):
    """The findings of one document, its dialect's name (None for no training config) and its config, if it has one."""

    findings: tuple[Finding, ...]
    dialect: str | None
    config: Config | None


def rule(module: str) -> Rule:
    """The rule that a module of this room holds."""
    found = _RULES.get(module)
    if found is None:
        found = _RULES[module] = import_module(f"{__package__}.{module}").RULE
    return found


def lint(document: Document, terms: Terms) -> Linted:
    """All findings of a document, in the order of the file."""
    name, dialect = recognise(outline(document))
    if terms.dialect is not None:
        name, dialect = terms.dialect, DIALECTS.get(terms.dialect)
    if dialect is None and (name is not None or not document.problems or not terms.named or _another(document)):
        return Linted((), name, None)
    from ..audit.config import Config

    config = Config(
        document,
        dialect or DIALECTS["trainer"],
        terms.versions,
        closed=terms.closed,
        casts=terms.casts,
        trainer=terms.trainer,
        layer=terms.layer,
        gaps=terms.gaps,
    )
    return Linted(
        tuple(_findings(document, reports(document, config, dialect is not None))), name, config if dialect else None
    )


def findings(document: Document, config: Config) -> list[Finding]:
    """All findings of a document that is bound to a dialect already, in the order of the file."""
    return list(_findings(document, reports(document, config, True)))


def reports(document: Document, config: Config, known: bool) -> list[tuple[Rule, Report]]:
    """What the woken rules say; of a document of no `known` dialect only that it cannot be read."""
    said: list[tuple[Rule, Report]] = []
    woken: dict[str, None] = {}
    if config.unknown:
        woken.update(dict.fromkeys(index.BY_KEY["unknown"]))
    if config.conflicts:
        woken.update(dict.fromkeys(index.BY_KEY["conflict"]))
    for targets in config.paths.values():
        for target in targets:
            woken.update(dict.fromkeys(index.BY_KEY.get(f"{target.role}.{target.parameter}", ())))
    for violation in config.structural:
        woken.update(dict.fromkeys(index.BY_KEY.get(f"structural.{violation.keyword}", ())))
    for problem in document.problems:
        modules = index.BY_KEY.get(f"problem.{problem.code}", ())
        woken.update(dict.fromkeys(module for module in modules if known or module == UNREADABLE))
    for module in woken:
        one = rule(module)
        with suppress(NotKnown):
            for report in one.check(config):
                said.append((one, _held(one, report, config)))
    return said


def _held(one: Rule, report: Report, config: Config) -> Report:
    """An error is a warning where the version in use is older than all that is known: it may well do as written."""
    sure = (report.severity or one.severity) != ERROR or not report.path or config.gap(report.path) != BEFORE
    return report if sure else report._replace(severity=WARNING, confidence=LIKELY)


def _another(document: Document) -> bool:
    """A document that holds a mapping, or what is left of one: its keys say that it is no training config. A list of
    mappings or lists is data, or a list of tasks for another tool."""
    data = document.data
    return bool(outline(document)) or (isinstance(data, list) and any(isinstance(item, (dict, list)) for item in data))


def _interpolated(document: Document, path: Path) -> bool:
    """`${seed}` stands for another key's value, or the environment's: its text says nothing of it."""
    node = document.node(path) if path else None
    return node is not None and isinstance(node.value, str) and "${" in node.value


def _findings(document: Document, reports: Sequence[tuple[Rule, Report]]) -> Iterator[Finding]:
    """Reports as findings, sorted by place. What a rule of its own says of a value, the schema need not say again."""
    own: dict[Path, int] = {}
    for one, report in reports:
        if report.on == "value" and not _structural(one):
            own[report.path] = min(own.get(report.path, 9), SEVERITIES.index(report.severity or one.severity))
    placed = []
    for one, report in reports:
        if _interpolated(document, report.path):
            continue
        severity = SEVERITIES.index(report.severity or one.severity)
        if not _structural(one) or own.get(report.path, 9) > severity:
            placed.append((report.at or span_of(document, report.path, report.on), one, report))
    placed.sort(key=lambda item: (item[0].line, item[0].column, item[1].id))
    seen: dict[tuple[str, str], int] = {}
    for span, one, report in placed:
        key = dotted(report.path) or None
        occurrence = seen.get((one.name, key or ""), 0)
        seen[one.name, key or ""] = occurrence + 1
        yield Finding(
            rule=one.id,
            name=one.name,
            severity=report.severity or one.severity,
            confidence=report.confidence,
            message=report.message,
            file=document.path,
            line=span.line,
            column=span.column,
            end_line=span.end_line,
            end_column=span.end_column,
            fingerprint=fingerprint(one.name, document.path, key, occurrence),
            key=key,
            effect=report.effect,
            help=report.help,
            url=URL.format(name=one.name),
            related=tuple(_related(document, report)),
            fixes=tuple(_fixes(document, report)),
        )


def _structural(one: Rule) -> bool:
    return one.keys[0].startswith("structural.")


def span_of(document: Document, path: Path, on: str = "value") -> Span:
    """The span of a key path: of its value, or of the key itself; the nearest ancestor when it has none of its own."""
    for end in range(len(path), -1, -1):
        node = document.node(path[:end])
        if node is not None:
            span = node.key_span if on == "key" or end < len(path) else node.span
            return span or node.key_span or node.span
    for problem in document.problems:
        return problem.span
    return Span(1, 1, 1, 1)


def _related(document: Document, report: Report) -> Iterator[Related]:
    for path, message in report.related:
        yield Related(document.path, *span_of(document, path, "key"), message)
    for span, message in report.beside:
        yield Related(document.path, *span, message)


def _fixes(document: Document, report: Report) -> Iterator[Fix]:
    for mend in report.mends:
        node = document.node(mend.path)
        span = None if node is None else (node.key_span if mend.what == "key" else node.span)
        if node is None or span is None or node.anchor_span is not None:
            continue
        if document.format == "toml" and mend.text == "null":
            continue  # TOML has no null
        edit = Edit(document.path, span.line, span.column, span.end_line, span.end_column, _spelt(document, mend))
        yield Fix(mend.title, "safe" if mend.sure else "unsafe", (edit,))


def _spelt(document: Document, mend: Mend) -> str:
    """The text of a mend in the document's format: in quotes are JSON's names and words, TOML's and Python's words."""
    import json

    if document.format == "yaml" or (document.format in ("toml", "python") and mend.what == "key"):
        return mend.text
    try:
        if mend.what == "value":
            json.loads(mend.text)
            return mend.text
    except ValueError:
        pass
    return json.dumps(mend.text)
