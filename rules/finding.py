"""A finding: one thing that is wrong, where it stands, what training would do, and how to mend it. Frozen."""

from typing import NamedTuple

ERROR, WARNING, ADVICE = "error", "warning", "advice"
SEVERITIES = (ERROR, WARNING, ADVICE)
PROVEN, OBSERVED, LIKELY = "proven", "observed", "likely"


class Edit(NamedTuple):
    """Replace the span of a file by a text. Lines and columns are 1-based code points, ends exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class Fix(NamedTuple):
    """A mend that can be applied: `applicability` is "safe" or "unsafe"."""

    title: str
    applicability: str
    edits: tuple[Edit, ...]


class Step(NamedTuple):
    """One stop on the trail of a key: key → line → call → parameter → layer."""

    file: str
    line: int
    message: str


class Related(NamedTuple):
    """A second place that makes the finding understandable."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    message: str


class Suppression(NamedTuple):
    """Who silenced a finding: `by` is "comment", "baseline" or "settings"."""

    by: str
    reason: str | None = None
    file: str | None = None
    line: int | None = None


class Finding(NamedTuple):
    """One finding, as every output format shows it (contract/findings.schema.json)."""

    rule: str
    name: str
    severity: str
    confidence: str
    message: str
    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    fingerprint: str
    key: str | None = None
    entry: str | None = None
    effect: str | None = None
    help: str | None = None
    url: str | None = None
    path: tuple[Step, ...] = ()
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()
    suppressed: Suppression | None = None


class Against(NamedTuple):
    """A version that was linted against, and how it was found (--with, tree, settings, a lock file, …).

    `asked` is the version that was wanted when the catalog lacks it and a lower one stood in, else None.
    """

    version: str
    found: str
    asked: str | None = None


class Input(NamedTuple):
    """One file that was looked at. `kind` is config, script, notebook or other; no `dialect` is no training config."""

    file: str
    kind: str
    dialect: str | None
    against: dict[str, Against]
    trainer: str | None
    loader: str | None


class Abstention(NamedTuple):
    """A place where the trail of a key was lost: counted and listed, never a finding."""

    file: str
    line: int
    reason: str
    key: str | None = None


class Outcome(NamedTuple):
    """All that a check says: the one argument of every output format.

    `sources` maps a file to its text, for excerpts; `counts` holds at least the keys of the contract's summary.
    """

    inputs: tuple[Input, ...]
    findings: tuple[Finding, ...]
    abstained: tuple[Abstention, ...]
    counts: dict[str, int]
    sources: dict[str, str]
