"""One check from paths to outcome: which files, against which versions, which findings stay."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..audit.config import RUNNER
from . import index
from .engine import Linted, Terms, lint
from .finding import ADVICE, ERROR, SEVERITIES, Against, Finding, Input, Suppression

if TYPE_CHECKING:
    from ..audit.documents import Document
    from ..audit.project.versions import Found

LOADERS = ("pyyaml", "yaml12", "cast")
DISTRIBUTIONS = ("transformers", "gliner", "peft")


class Selection(NamedTuple):
    """Which rules speak, by name or id: `select` empty means all but advice; `ignore` silences; `severity` gives a rule
    another level, or "off"."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = ERROR
    severity: Mapping[str, str] = {}


class Checked(NamedTuple):
    """One file after the check: its input row, its findings, the names of the rules that ran, how many were held
    back."""

    input: Input
    document: Document
    linted: Linted
    findings: tuple[Finding, ...]
    held_back: int


class Asked(NamedTuple):
    """What the user asks of a check beside the paths; None where they say nothing.

    `against` finds the versions for a file; `dialect`, `trainer` and `layer` are as in Terms; `loader` one of LOADERS.
    """

    against: Callable[[str], Mapping[str, Found]]
    selection: Selection = Selection()
    dialect: str | None = None
    trainer: str | None = None
    loader: str | None = None
    layer: str | None = None


Amend = Callable[["Document", Linted], Sequence[Finding]]


def resolve_rules(names: Iterable[str]) -> tuple[set[str], list[str]]:
    """Rule names for names or ids, and what is neither."""
    by_id = {id: name for name, (id, _) in index.NAMES.items()}
    found, unknown = set(), []
    for name in names:
        known = name if name in index.NAMES else by_id.get(name.upper())
        if known is None:
            unknown.append(name)
        else:
            found.add(known)
    return found, unknown


def check_document(document: Document, asked: Asked, *, named: bool = True, amend: Amend | None = None) -> Checked:
    """Lint one config: nothing of a bad file raises, it becomes findings.

    `amend` has the last word on the findings, as a trainer that reads the file leaves them.
    """
    path = document.path
    found = asked.against(path)
    own = asked.trainer == RUNNER
    terms = Terms(
        {name: one.version for name, one in found.items()},
        dialect=asked.dialect,
        casts=True if own else {"pyyaml": False, "cast": True}.get(asked.loader or ("" if amend is None else "pyyaml")),
        trainer=asked.trainer,
        layer="gliner.training.TrainingArguments" if own else asked.layer,
        closed=own or asked.dialect is not None,
        named=named,
        gaps={name: one.gap for name, one in found.items() if one.gap is not None},
    )
    linted = lint(document, terms)
    against = {name: Against(one.version, one.found, one.asked) for name, one in found.items()}
    row = Input(
        path,
        "config" if linted.dialect is not None else "other",
        linted.dialect,
        against if linted.config is not None else {},
        asked.trainer,
        asked.loader or ("pyyaml" if document.format == "yaml" else None),
    )
    every: Sequence[Finding] = linted.findings if amend is None else amend(document, linted)
    if every and any(one.found.startswith("tree: ") for one in found.values()):
        from .in_tree import settle

        every = settle(every, path, found)
    kept, held = select(every, asked.selection)
    return Checked(row, document, linted, tuple(suppress(document, kept)), held)


def select(findings: Sequence[Finding], selection: Selection) -> tuple[list[Finding], int]:
    """The findings that the selection lets through, those that settings ignore marked, and how many were held back."""
    chosen, _ = resolve_rules(selection.select)
    ignored, _ = resolve_rules(selection.ignore)
    levels = {name: level for rule, level in selection.severity.items() for name in resolve_rules((rule,))[0]}
    kept, held = [], 0
    for finding in findings:
        level = levels.get(finding.name)
        if level == "off":
            ignored.add(finding.name)
        elif level is not None:
            finding = finding._replace(severity=level)
        if chosen and finding.name not in chosen:
            continue
        if finding.severity == ADVICE and not chosen and selection.fail_on != ADVICE:
            held += 1
            continue
        if finding.name in ignored:
            finding = finding._replace(suppressed=Suppression("settings"))
        kept.append(finding)
    return kept, held


def suppress(document: Document, findings: list[Finding]) -> list[Finding]:
    """The findings with those that a comment in the file speaks of suppressed, and one for each idle comment."""
    if "gliner-audit" not in document.text:
        return findings
    from .suppress import apply

    known = {name: id for name, (id, _) in index.NAMES.items()}
    ran = [name for name, (_, module) in index.NAMES.items() if module not in index.CODE]
    comments = {document.path: document.comments()}
    return apply(findings, comments, ran, sources={document.path: document.text}, known=known)


def suppress_code(texts: Mapping[str, str], findings: list[Finding], ran: Collection[str]) -> list[Finding]:
    """As `suppress`, for findings in code: `texts` are the files that were read, `ran` the rules that ran."""
    from .comments import MARK, python_comments

    spoken = {file: text for file, text in texts.items() if MARK in text and file.endswith(".py")}
    if not spoken:
        return findings
    from .suppress import apply

    known = {name: id for name, (id, _) in index.NAMES.items()}
    comments = {file: python_comments(text) for file, text in spoken.items()}
    return apply(findings, comments, ran, sources=spoken, known=known)


def fails(findings: Iterable[Finding], fail_on: str) -> bool:
    """Whether a finding that nothing suppresses is at the fail level or above."""
    worst = SEVERITIES.index(fail_on)
    return any(one.suppressed is None and SEVERITIES.index(one.severity) <= worst for one in findings)
