"""Checks, by execution, that a verdict written in the labels is true.

Each check gets the snippet, the key, the facts and the evidence given beside the verdict in labels.json.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .derive import Facts, carries
from .run import execute
from .snippet import MISSING, Snippet

Check = Callable[[Snippet, str, Facts, dict[str, Any]], bool]


def _at(snippet: Snippet, evidence: dict[str, Any], values: dict[str, Any]) -> Any:
    """What arrives at ``evidence["at"]`` = [sink, parameter] with ``values`` set."""
    sink, param = evidence["at"]
    return execute(snippet, {**evidence.get("when", {}), **values}).sinks.get((sink, param), [None])[-1]


def _falsy(snippet: Snippet, key: str, facts: Facts, evidence: dict[str, Any]) -> bool:
    """The falsy value is accepted and another one arrives, or none."""
    value = evidence["value"]
    run = execute(snippet, {**evidence.get("when", {}), key: value})
    arrived = run.sinks.get(tuple(evidence["at"]), [MISSING])[-1]
    return run.error is None and (arrived is MISSING or type(arrived) is not type(value) or arrived != value)


def _constant(snippet: Snippet, key: str, facts: Facts, evidence: dict[str, Any]) -> bool:
    """The sink gets a value there, and this key does not move it."""
    sink, param = evidence["at"]
    return (sink, param) not in facts.data and (sink, param) in execute(snippet, {}).sinks


def _no_trace(snippet: Snippet, key: str, facts: Facts, evidence: dict[str, Any]) -> bool:
    return not facts.data and not facts.influence and not facts.uses


def _no_edge(snippet: Snippet, key: str, facts: Facts, evidence: dict[str, Any]) -> bool:
    return not facts.data


def _checked(snippet: Snippet, key: str, facts: Facts, evidence: dict[str, Any]) -> bool:
    return not facts.data and facts.rejects


def _elsewhere(snippet: Snippet, key: str, facts: Facts, evidence: dict[str, Any]) -> bool:
    return not facts.data and (facts.uses or bool(facts.influence))


def _default(snippet: Snippet, key: str, facts: Facts, evidence: dict[str, Any]) -> bool:
    """With the key left out, ``wins`` arrives, although another layer says ``other``."""
    arrived = _at(snippet, evidence, {key: MISSING})
    return bool(arrived == evidence["wins"] and arrived != evidence["other"])


def _mapped(snippet: Snippet, key: str, facts: Facts, evidence: dict[str, Any]) -> bool:
    return bool(_at(snippet, evidence, {key: evidence["value"]}) == evidence["arrives"])


def _absent(snippet: Snippet, key: str, facts: Facts, evidence: dict[str, Any]) -> bool:
    return execute(snippet, {key: MISSING}).error in ("KeyError", "AttributeError")


def _null(snippet: Snippet, key: str, facts: Facts, evidence: dict[str, Any]) -> bool:
    return execute(snippet, {**evidence.get("when", {}), key: None}).error in ("TypeError", "AttributeError")


def _partial(snippet: Snippet, key: str, facts: Facts, evidence: dict[str, Any]) -> bool:
    """It reaches some parameter, and not the one named."""
    return bool(facts.data) and _constant(snippet, key, facts, evidence)


def _unvalidated(snippet: Snippet, key: str, facts: Facts, evidence: dict[str, Any]) -> bool:
    """A senseless value passes every check and arrives."""
    run = execute(snippet, {key: evidence["value"]})
    return run.error is None and any(carries(run.sinks.get(edge, []), evidence["value"]) for edge in facts.data)


CHECKS: dict[str, Check] = {
    "validated-but-not-forwarded": _checked,
    "forwarded-but-unvalidated": _unvalidated,
    "default-mismatch": _default,
    "dead-field": _no_trace,
    "used-elsewhere-only": _elsewhere,
    "partially-forwarded": _partial,
    "swallowed-by-kwargs": _no_edge,
    "falsy-or": _falsy,
    "hard-coded-ignores-key": _constant,
    "overridden-after-read": _constant,
    "value-mapped-away": _mapped,
    "read-but-absent": _absent,
    "null-crash": _null,
}
