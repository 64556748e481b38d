"""Verdicts of the oracle: a case, what really happened, and what the lint said beforehand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

from .excluded import exclusion
from .generate import Case

# What really happened, in words of the table.
CONSTRUCTION, LATER, EXCLUDED, CHANGED, KEPT, NOT_RUN = (
    "raises at construction", "raises later", "excluded", "value changed", "runs unchanged", "not run",
)  # fmt: skip


class Verdict(NamedTuple):
    """`found` is error, warning or "" (the heaviest finding on the file); `onkey`: an error names a mutated key.

    `false` holds the errors that nothing defends, `defended` those with what speaks for them; `unread` says that the
    run never read the keys of the false ones, so that it could not come to harm.
    """

    case: Case
    outcome: str
    because: str
    found: str
    onkey: bool
    false: tuple[str, ...] = ()
    unread: bool = False
    defended: tuple[str, ...] = ()


def outcome(case: Case, result: dict[str, Any]) -> tuple[str, str]:
    """What happened to a case, and the raise or the change behind it."""
    why = exclusion(result)
    if why:
        return EXCLUDED, why
    if "error" in result:
        early = result["stage"] in ("construct", "build")
        return (CONSTRUCTION if early else LATER), f"{result['error']}: {result['message'][:90]}"
    if "skipped" in result:
        return NOT_RUN, result["skipped"]
    if result.get("changed") and case.kind != "default":
        return CHANGED, ", ".join(f"{k} becomes {v}" for k, v in sorted(result["changed"].items()))
    return KEPT, ""


def judge(
    case: Case,
    result: dict[str, Any],
    findings: list[dict[str, Any]],
    defence: Callable[[Case, dict[str, Any], str, bool], str | None],
) -> Verdict:
    """The verdict on one case.

    `defence` says what speaks for an error on a key whose value the run kept, and is told whether the error claims that
    the key does nothing: that a run never read a key speaks for this claim only.
    """
    what, because = outcome(case, result)
    severities = {f["severity"] for f in findings}
    found = next((s for s in ("error", "warning") if s in severities), "")
    errors = [f for f in findings if f["severity"] == "error"]
    onkey = any(last(f["key"]) in case.keys for f in errors)
    false, defended, read = [], [], False
    for finding in errors if what in (KEPT, CHANGED) else ():
        key = last(finding["key"])
        if key in result.get("changed", {}) and case.kind != "default":
            continue
        claim = f"{finding['message']} {finding['effect']}"
        inert = re.search(r"no effect|without effect|ignored|reads? it|not read|never read|nothing reads", claim)
        speaks = defence(case, result, key, inert is not None) if case.kind != "default" else None
        text = f"{finding['rule']} {finding['name']} on {finding['key']}: {finding['message'][:110]}"
        if speaks:
            defended.append(f"{speaks} | {text}")
        else:
            false.append(text)
            read = read or key not in result.get("unread", ())
    return Verdict(case, what, because, found, onkey, tuple(false), bool(false) and not read, tuple(defended))


def last(path: str | None) -> str:
    """The last name of a key path: `training.lr_scheduler_kwargs.min_lr` speaks of `lr_scheduler_kwargs` too."""
    parts = (path or "").split(".")
    return parts[1] if len(parts) > 1 and parts[0] in ("training", "model", "lora") else parts[0]


def summary(verdicts: list[Verdict]) -> tuple[list[str], list[list[Any]]]:
    """Headings and rows of the table: surface × kind, and a total per surface."""
    headings = [
        "surface",
        "kind",
        "cases",
        "raise",
        "as error",
        "%",
        "on key",
        "as warning",
        "later",
        "as error",
        "as warning",
    ]
    headings += ["excluded", "not run", "changed", "unchanged", "defended", "FALSE", "unread"]
    groups: dict[tuple[str, bool, str], list[Verdict]] = {}
    for verdict in verdicts:
        groups.setdefault((verdict.case.surface, False, verdict.case.kind), []).append(verdict)
        groups.setdefault((verdict.case.surface, True, "all"), []).append(verdict)
    return headings, [[key[0], key[2], *_row(members)] for key, members in sorted(groups.items())]


def _row(members: list[Verdict]) -> list[Any]:
    early = [v for v in members if v.outcome == CONSTRUCTION]
    late = Counter(v.found for v in members if v.outcome == LATER)
    count = Counter(v.outcome for v in members)
    hit = sum(v.found == "error" for v in early)
    share = f"{100 * hit / len(early):.1f}" if early else "-"
    row: list[Any] = [len(members), len(early), hit, share, sum(v.onkey for v in early)]
    row.append(sum(v.found == "warning" for v in early))
    row += [late.total(), late["error"], late["warning"], count[EXCLUDED], count[NOT_RUN], count[CHANGED], count[KEPT]]
    row += [sum(bool(v.defended) for v in members), sum(bool(v.false) for v in members)]
    return [*row, sum(v.unread for v in members)]
