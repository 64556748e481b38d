"""Labels against execution."""

from __future__ import annotations

from .derive import Facts, derive
from .snippet import Snippet
from .verdicts import CHECKS


def disagreements(snippet: Snippet) -> list[str]:
    """Every point where the labels of ``snippet`` say something else than its execution; empty when they agree."""
    wrong: list[str] = []
    for key, facts in derive(snippet).items():
        wrong += [f"{key}: {text}" for text in _of_key(snippet, key, facts)]
    return wrong


def _of_key(snippet: Snippet, key: str, facts: Facts) -> list[str]:
    entry = snippet.keys[key]
    wrong = [f"probe stops the run: {text}" for text in facts.strange if not entry.get("stops")]
    forwarded = {(sink, param) for sink, param in entry["forwarded"]}
    may = {(sink, param) for sink, param in entry.get("may", [])}
    if forwarded != facts.data - may:
        wrong.append(f"edges {sorted(forwarded)} are labelled, {sorted(facts.data - may)} are executed")
    if not facts.influence <= may:
        wrong.append(f"{sorted(facts.influence - may)} change with it and are not labelled")
    if not may <= facts.influence | facts.data:
        wrong.append(f"{sorted(may - facts.influence - facts.data)} are labelled as possible and never change")
    if facts.states()[0] not in entry["state"]:
        wrong.append(f"state {entry['state']} is labelled, {facts.states()[0]} is executed")
    for name, evidence in entry.get("verdicts", {}).items():
        if name not in CHECKS:
            wrong.append(f"no check by execution for the verdict {name}")
        elif not CHECKS[name](snippet, key, facts, evidence):
            wrong.append(f"the verdict {name} does not hold when executed")
    return wrong
