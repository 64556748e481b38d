"""The passport of every key of a script: a table for people, one list for each entry point; or one key in full."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..audit.trace import flow_json
from ..rules.rule import show

if TYPE_CHECKING:
    from ..audit.trace.flow import EntryFlow, KeyFlow, ScriptFlow

HEADINGS = ("key", "declared", "validated", "read", "forwarded to", "state", "verdicts", "confidence")
_MOST_LOST = 10


def json_text(flow: ScriptFlow, against: Mapping[str, Mapping[str, str]], key: str | None = None) -> str:
    """The flow as contract gliner-audit/flow/1; only one key of each entry when `key` is given."""
    document: dict[str, Any] = flow_json(flow, against)
    if key is not None:
        for entry in document["entries"]:
            entry["keys"] = [row for row in entry["keys"] if row["key"] == key]
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def table(flow: ScriptFlow, against: Mapping[str, Mapping[str, str]]) -> str:
    """A table of the keys for each entry point, what is hard-coded, and where trails were lost."""
    versions = ", ".join(f"{name} {row['version']} ({row['from']})" for name, row in against.items())
    lines = [f"{flow.script} against {versions}"]
    if not flow.entries:
        lines.append("no entry point was found; name a function: gliner-audit flow SCRIPT:FUNCTION")
    for entry in flow.entries:
        lines += ["", f"entry {entry.entry}", *_entry(entry)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def passport(flow: ScriptFlow, name: str) -> str:
    """All that is known of one key, at each entry that has it, with the trail; empty when none has it."""
    lines: list[str] = []
    for entry in flow.entries:
        key = entry.key(name)
        if key is not None:
            lines += ["", f"{key.key}, entry {entry.entry}", *_passport(key)]
    return "\n".join(line.rstrip() for line in lines[1:]) + "\n" if lines else ""


def _entry(entry: EntryFlow) -> Iterator[str]:
    rows = [HEADINGS, *(_row(key) for key in entry.keys)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    if len(rows) == 1:
        yield "no keys: nothing of a config, a command line or the environment is read"
    else:
        for row in rows:
            yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))
    if entry.hard_coded:
        yield ""
        yield "hard-coded"
        for one in entry.hard_coded:
            yield f"  {one.site.file}:{one.site.line}  {one.param}={show(one.value)}  ({one.sink})"
    if entry.lost:
        yield ""
        yield "could not be followed: nothing is denied of these keys"
        for trail in entry.lost[:_MOST_LOST]:
            yield f"  {trail.site.file}:{trail.site.line}  {trail.key or 'every key'}: {trail.reason}"
        if len(entry.lost) > _MOST_LOST:
            yield f"  and {len(entry.lost) - _MOST_LOST} more (--format json lists them)"


def _row(key: KeyFlow) -> tuple[str, ...]:
    first = [forward for forward in key.forwarded if not forward.library]
    to = ", ".join(dict.fromkeys(f"{f.sink.rpartition('.')[2]}.{f.param}" for f in first))
    verdicts = ", ".join(key.verdicts)
    answers = [key.answers[question].value for question in ("declared", "validated", "read")]
    return (key.key, *answers, to or "-", key.state, verdicts or "-", key.confidence)


def _passport(key: KeyFlow) -> Iterator[str]:
    for question, answer in key.answers.items():
        yield f"  {question:<10} {answer.value:<8} {answer.witness or ''}"
    yield f"  {'state':<10} {key.state} ({key.confidence})"
    if key.verdicts:
        yield f"  {'verdicts':<10} {', '.join(key.verdicts)}"
    yield "  trail"
    for d in key.declared:
        yield f"    {d.site.file}:{d.site.line}  declared ({d.by})"
    for check in dict.fromkeys((c.site.file, c.site.line, c.kind, c.rejects, c.by) for c in key.validated):
        yield f"    {check[0]}:{check[1]}  validated: {check[2]}, {check[3]} ({check[4]})"
    for place in dict.fromkeys((r.site.file, r.site.line) for r in key.reads):
        yield f"    {place[0]}:{place[1]}  read"
    for f in key.forwarded:
        when = f" when {f.when}" if f.when else ""
        yield f"    {f.site.file}:{f.site.line}  → {f.sink}, parameter {f.param}{when} ({f.confidence})"
    for use in dict.fromkeys((u.site.file, u.site.line, u.what) for u in key.other_uses):
        yield f"    {use[0]}:{use[1]}  {use[2]}"
    for lost in key.lost:
        yield f"    {lost.site.file}:{lost.site.line}  lost: {lost.reason}"
    if key.defaults:
        yield "  when the user says nothing"
        for default in key.defaults:
            said = show(default.value) if default.kind == "value" else default.expression or default.kind
            yield f"    {default.layer:<40} {said}"
