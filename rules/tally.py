"""The numbers of a check, counted in one place for every format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .finding import ADVICE, ERROR, WARNING, Abstention, Finding, Fix, Input

_NAMES = {ERROR: "errors", WARNING: "warnings", ADVICE: "advice"}


def best_fix(finding: Finding) -> Fix | None:
    """The mend to apply first: the first safe one, else the first unsafe one."""
    safe = (fix for fix in finding.fixes if fix.applicability == "safe")
    return next(safe, finding.fixes[0] if finding.fixes else None)


def shown(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that nothing suppresses."""
    return [finding for finding in findings if finding.suppressed is None]


def lost(place: Abstention) -> str:
    """An abstention in words."""
    what = "a value" if place.key is None else f"`{place.key}`"
    return f"could not follow {what}: {place.reason}"


def tally(
    inputs: Sequence[Input],
    findings: Sequence[Finding],
    abstained: Sequence[Abstention],
    *,
    held_back: int = 0,
    stale: int = 0,
    fixed: int = 0,
) -> dict[str, int]:
    """The counts of an outcome: those of the contract's summary, and what can be fixed, was held back, fixed, is stale.

    `unknown` counts keys that could not be followed: an abstention without a key counts as one.
    `suppressed` counts comments and settings, `baselined` the baseline.
    """
    counts = {"files": len(inputs), "errors": 0, "warnings": 0, "advice": 0, "suppressed": 0, "baselined": 0}
    fixable = {"safe": 0, "unsafe": 0}
    for finding in findings:
        if finding.suppressed is not None:
            counts["baselined" if finding.suppressed.by == "baseline" else "suppressed"] += 1
            continue
        counts[_NAMES[finding.severity]] += 1
        fix = best_fix(finding)
        if fix is not None:
            fixable[fix.applicability] += 1
    lost = {(place.file, place.key if place.key is not None else place.line) for place in abstained}
    return {
        **counts,
        "unknown": len(lost),
        "fixable": fixable["safe"],
        "fixable_unsafe": fixable["unsafe"],
        "held_back": held_back,
        "stale": stale,
        "fixed": fixed,
    }
