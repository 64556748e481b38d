"""The flow as JSON: contract gliner-audit/flow/1, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .flow import QUESTIONS, EntryFlow, KeyFlow, ScriptFlow

SCHEMA = "gliner-audit/flow/1"


def flow_json(flow: ScriptFlow, against: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """A JSON-able dict; `against` maps a library to its `version` and `from`."""
    return {
        "schema": SCHEMA,
        "script": flow.script,
        "against": {name: {"version": row["version"], "from": row["from"]} for name, row in against.items()},
        "entries": [_entry(e) for e in flow.entries],
    }


def _entry(entry: EntryFlow) -> dict[str, Any]:
    return {
        "entry": entry.entry,
        "keys": [_key(k) for k in entry.keys],
        "hard_coded": [
            {"file": h.site.file, "line": h.site.line, "sink": h.sink, "param": h.param, "value": plain(h.value)}
            for h in entry.hard_coded
        ],
        "lost": [{"file": t.site.file, "line": t.site.line, "reason": t.reason, "key": t.key} for t in entry.lost],
        "sources": [
            {"file": s.site.file, "line": s.site.line, "kind": s.kind, "what": s.what, "path": s.path}
            for s in entry.sources
        ],
    }


def _key(key: KeyFlow) -> dict[str, Any]:
    return {
        "key": key.key,
        "kind": key.kind,
        "answers": {q: {"value": key.answers[q].value, "witness": key.answers[q].witness} for q in QUESTIONS},
        "declared": [{"file": d.site.file, "line": d.site.line, "by": d.by} for d in key.declared],
        "validated": _unique(
            {"file": c.site.file, "line": c.site.line, "how": f"{c.kind}: {c.rejects} ({c.by})"} for c in key.validated
        ),
        "reads": _unique({"file": r.site.file, "line": r.site.line} for r in key.reads),
        "forwarded": [
            {
                "file": f.site.file,
                "line": f.site.line,
                "sink": f.sink,
                "param": f.param,
                "through": list(f.through),
                "confidence": f.confidence,
                "when": f.when,
            }
            for f in key.forwarded
        ],
        "defaults": [
            {
                "layer": d.layer,
                "kind": d.kind,
                **({"value": plain(d.value)} if d.kind == "value" else {}),
                "expression": d.expression,
                **({"file": d.file, "line": d.line} if d.file and d.line else {}),
            }
            for d in key.defaults
        ],
        "other_uses": _unique({"file": u.site.file, "line": u.site.line, "what": u.what} for u in key.other_uses),
        "verdicts": list(key.verdicts),
        "state": key.state,
        "confidence": key.confidence,
    }


def _unique(rows: Any) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    for row in rows:
        if row not in out:
            out.append(row)
    return out


def plain(value: Any) -> Any:
    """A constant as JSON has it: text for what JSON lacks."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if value == value and value not in (float("inf"), float("-inf")) else str(value)
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(v) for v in value]
    return str(value)
