"""The baseline: findings that a project has agreed to live with, known by fingerprints and never by lines or values."""

from collections.abc import Callable, Collection, Iterable
from typing import Any, Final, NamedTuple

from .finding import Finding, Suppression

SCHEMA: Final = "gliner-audit/baseline/1"


class BaselineError(ValueError):
    """The text is no baseline: the message says why, and how to get a good one."""


class Entry(NamedTuple):
    """One agreed finding. Name, file and key are for people; the fingerprint decides."""

    fingerprint: str
    name: str
    file: str
    key: str | None


def fingerprint(name: str, file: str, key: str | None, occurrence: int) -> str:
    """The identity of a finding: rule name, relative POSIX path, key, and its number among those that share the three.

    Sixteen hexadecimal digits of a SHA-256. Neither the value nor the line goes in: a finding keeps its fingerprint
    while lines move above it, and a baseline gives no secret away.
    """
    from hashlib import sha256

    return sha256("\0".join((name, file, key or "", str(occurrence))).encode()).hexdigest()[:16]


def write(findings: Iterable[Finding]) -> str:
    """A baseline of the findings that no comment and no setting suppresses: sorted JSON, stable."""
    entries = {
        Entry(one.fingerprint, one.name, one.file, one.key)
        for one in findings
        if one.suppressed is None or one.suppressed.by == "baseline"
    }
    import json

    listed = sorted(entries, key=lambda entry: (entry.file, entry.key or "", entry.name, entry.fingerprint))
    document = {"schema": SCHEMA, "findings": [entry._asdict() for entry in listed]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def read(text: str) -> list[Entry]:
    """The entries of a baseline; BaselineError when the text is corrupt, or something else."""
    import json

    again = "write it anew with --write-baseline"
    try:
        document: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BaselineError(f"the baseline is no JSON ({error}); {again}") from None
    if not isinstance(document, dict) or "schema" not in document or not isinstance(document.get("findings"), list):
        raise BaselineError(f"this JSON is no baseline of gliner-audit: no `schema` or no list of `findings`; {again}")
    if document["schema"] != SCHEMA:
        raise BaselineError(f"the baseline says `schema: {document['schema']!r}`, this version reads {SCHEMA}; {again}")
    entries = []
    for number, item in enumerate(document["findings"], 1):
        try:
            entry = Entry(*(item[field] for field in Entry._fields))
        except (KeyError, TypeError, IndexError):
            raise BaselineError(
                f"finding {number} of the baseline lacks one of {', '.join(Entry._fields)}; {again}"
            ) from None
        if not all(isinstance(part, str) for part in entry[:3]) or not isinstance(entry.key, str | None):
            raise BaselineError(f"finding {number} of the baseline holds something other than text; {again}")
        entries.append(entry)
    return entries


def apply(
    findings: Iterable[Finding],
    text: str,
    *,
    files: Collection[str],
    ran: Collection[str],
    exists: Callable[[str], bool],
) -> tuple[list[Finding], list[Entry]]:
    """The findings, the agreed ones suppressed, and the stale entries of the baseline.

    An entry is stale when it could have matched and did not: its rule (a name of `ran`) ran, and its file is one of
    the `files` that were looked at or does not exist any more. BaselineError as `read`.
    """
    entries = read(text)
    known = {entry.fingerprint for entry in entries}
    matched: set[str] = set()
    applied = []
    for one in findings:
        if one.fingerprint in known:
            matched.add(one.fingerprint)
            if one.suppressed is None:
                one = one._replace(suppressed=Suppression("baseline"))
        applied.append(one)
    stale = [
        entry
        for entry in entries
        if entry.fingerprint not in matched and entry.name in ran and (entry.file in files or not exists(entry.file))
    ]
    return applied, stale
