"""Mends files: takes the fixes that are allowed, drops those in each other's way, and lints again until all is quiet.

Works on texts in memory; `save` writes them, `diff` shows them instead.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from .finding import Edit, Finding

MOST_ROUNDS: Final = 20


class Mended(NamedTuple):
    """`before` and `after` hold the texts that changed; `applied` the findings whose fix went in; `findings` what is
    left; `settled` is False when fixes still changed the texts after the last round (two fixes undo each other)."""

    before: dict[str, str]
    after: dict[str, str]
    applied: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    settled: bool


def _clash(one: Edit, other: Edit) -> bool:
    """Whether two edits are in each other's way: they overlap, or insert at one place. Touching edits do not clash."""
    if one == other or one.file != other.file:
        return False
    start, end = (one.line, one.column), (one.end_line, one.end_column)
    first, last = (other.line, other.column), (other.end_line, other.end_column)
    return (start < last and first < end) or (start == first and (start == end or first == last))


def choose(findings: Iterable[Finding], allowed: Collection[str]) -> tuple[dict[str, list[Edit]], list[Finding]]:
    """The edits to make, per file, and the findings that they mend.

    `allowed` holds "safe", or "safe" and "unsafe". Each finding that nothing suppresses gives its first allowed fix; a
    fix goes in whole or not at all; the fix of an earlier finding wins. Fixes that want the same edit share it.
    """
    chosen: dict[str, list[Edit]] = {}
    mended = []
    for finding in findings:
        fix = next((fix for fix in finding.fixes if fix.applicability in allowed and fix.edits), None)
        if fix is None or finding.suppressed is not None:
            continue
        if any(_clash(edit, other) for edit in fix.edits for other in chosen.get(edit.file, ())):
            continue
        mended.append(finding)
        for edit in fix.edits:
            edits = chosen.setdefault(edit.file, [])
            if edit not in edits:
                edits.append(edit)
    return chosen, mended


def mend(
    sources: Mapping[str, str],
    findings: Sequence[Finding],
    allowed: Collection[str],
    relint: Callable[[Mapping[str, str]], Sequence[Finding]],
) -> Mended:
    """Applies fixes and lints again until nothing changes, twenty rounds at most.

    `sources` holds the text of every file that may be mended; fixes of other files are left alone. `relint` gets the
    texts as they are now and returns all findings.
    """
    from ..audit.documents.edit import apply_edits

    texts = dict(sources)
    applied: list[Finding] = []
    left = list(findings)
    for _ in range(MOST_ROUNDS):
        open_to_us = (one for one in left if all(edit.file in texts for fix in one.fixes for edit in fix.edits))
        chosen, mended = choose(open_to_us, allowed)
        changed = {file: apply_edits(texts[file], edits) for file, edits in chosen.items()}
        changed = {file: text for file, text in changed.items() if text != texts[file]}
        if not changed:
            return _result(sources, texts, applied, left, True)
        texts.update(changed)
        applied += mended
        left = list(relint(texts))
    return _result(sources, texts, applied, left, False)


def _result(
    before: Mapping[str, str], after: Mapping[str, str], applied: list[Finding], left: list[Finding], settled: bool
) -> Mended:
    touched = [file for file in after if after[file] != before[file]]
    old = {file: before[file] for file in touched}
    return Mended(old, {file: after[file] for file in touched}, tuple(applied), tuple(left), settled)


def save(mended: Mended) -> None:
    """Writes the changed files, each at once and whole. OSError when one cannot be written."""
    from ..audit.documents.edit import write_atomic

    for file, text in mended.after.items():
        write_atomic(file, text)


def diff(mended: Mended) -> str:
    """The changes as a unified diff that `patch -p1` and `git apply` read; secrets are masked."""
    import difflib

    from .redact import mask

    pieces: list[str] = []
    for file in sorted(mended.after):
        before, after = (_lines(mask(text[file], file)) for text in (mended.before, mended.after))
        for line in difflib.unified_diff(before, after, f"a/{file}", f"b/{file}"):
            pieces.append(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n")
    return "".join(pieces)


def _lines(text: str) -> list[str]:
    """The lines with their breaks, split at LF only, as patch does."""
    import io

    return list(io.StringIO(text, newline="\n"))
