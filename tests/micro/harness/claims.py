"""Decides by execution whether what a tool claims about a key is true: for claims that the labels do not list."""

from __future__ import annotations

from .derive import Facts
from .run import execute
from .snippet import MISSING, Snippet

#: Legal values that a truth test takes for "not given".
FALSY = (0, 0.0, False, "", None)

#: Claims that say the value reaches no parameter of a library.
_NO_EDGE = {"validated-but-not-forwarded", "dead-field", "used-elsewhere-only", "swallowed-by-kwargs"}


def edge_holds(facts: Facts, sink: str, param: str) -> bool:
    """Whether the value (or a choice made with it) was seen to reach ``sink``.``param``."""
    return (sink, param) in facts.data | facts.influence


def state_holds(facts: Facts, state: str) -> bool:
    return state == "unknown" or state in facts.states()


def verdict_holds(snippet: Snippet, key: str, facts: Facts, name: str) -> bool | None:
    """True or false as executed; None where execution of one config cannot decide."""
    if name == "dead-field":
        return not (facts.data or facts.influence or facts.uses)
    if name == "used-elsewhere-only":
        return not facts.data and (facts.uses or bool(facts.influence))
    if name == "validated-but-not-forwarded":
        return not facts.data and (facts.rejects or None)
    if name in _NO_EDGE:
        return not facts.data
    if name == "falsy-or":
        return _falsy_replaced(snippet, key, facts)
    if name == "read-but-absent":
        return execute(snippet, {key: MISSING}).error is not None
    if name == "null-crash":
        return execute(snippet, {key: None}).error is not None
    return None


def _falsy_replaced(snippet: Snippet, key: str, facts: Facts) -> bool:
    """Some falsy value is taken, and at a parameter that the key feeds another one arrives, or none does."""
    for variant in [{}, *snippet.labels.get("variants", [])]:
        for value in FALSY:
            run = execute(snippet, {**variant, key: value})
            if run.error is None and any(value not in run.sinks.get(edge, []) for edge in facts.data | facts.influence):
                return True
    return False
