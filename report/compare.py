"""What changes between two configs, as text and as JSON."""

from __future__ import annotations

from typing import Any, Final

from ..rules.finding import Finding
from ..rules.redact import MASK, redact
from ..rules.revisions import Change, Comparison
from ..rules.rule import show
from ..rules.secrets import is_secret_key
from ..schemas.surface import MISSING
from .paint import Line, paint

SCHEMA: Final = "gliner-audit/diff/1"

_STYLES: Final = {"error": "error", "warning": "warning", "advice": "advice"}


def text(comparison: Comparison, *, color: bool = False) -> str:
    """The plan's changes part by part, then the findings that came and went."""
    a, b = comparison.a, comparison.b
    if not comparison.changes and not comparison.gone and not comparison.new:
        return f"{a} and {b}: the same effective plan and the same findings\n"
    lines: list[Line] = [[("label", f"a: {a}")], [("label", f"b: {b}")]]
    wide = max((len(change.name) for change in comparison.changes), default=0)
    part = None
    for change in comparison.changes:
        if change.part != part:
            part = change.part
            lines += [[], [("label", part)]]
        lines.append([("", f"  {change.name:<{wide}}  {_side(change, 'a')} → {_side(change, 'b')}")])
    if not comparison.changes:
        lines += [[], [("", "the effective plan is the same")]]
    for title, findings in (("new findings", comparison.new), ("findings that are gone", comparison.gone)):
        if findings:
            lines += [[], [("label", title)], *map(_finding, findings)]
    lines += [[], [("gutter", f"{comparison.kept} findings are in both")]]
    return paint(lines, color)


def json_text(comparison: Comparison) -> str:
    """The comparison as JSON; a side without a value lacks the field."""
    import json

    document = {
        "schema": SCHEMA,
        "a": comparison.a,
        "b": comparison.b,
        "changes": [_row(change) for change in comparison.changes],
        "gone": [_brief(finding) for finding in comparison.gone],
        "new": [_brief(finding) for finding in comparison.new],
        "kept": comparison.kept,
    }
    return json.dumps(document, indent=2, default=str, ensure_ascii=False) + "\n"


def _side(change: Change, which: str) -> str:
    value = change.a if which == "a" else change.b
    source = change.from_a if which == "a" else change.from_b
    note = f" ({source})" if source and source != "config" else ""
    return f"{_shown(change.name, value)}{note}"


def _shown(name: str, value: Any) -> str:
    return "(none)" if value is MISSING else show(_clean(name, value))


def _clean(name: str, value: Any) -> Any:
    if is_secret_key(name) and value not in (None, True, False, "") and value is not MISSING:
        return MASK
    return redact(value) if isinstance(value, str) else value


def _row(change: Change) -> dict[str, Any]:
    row: dict[str, Any] = {"part": change.part, "name": change.name}
    for name, value, source in (("a", change.a, change.from_a), ("b", change.b, change.from_b)):
        if value is not MISSING:
            row[name] = _clean(change.name, value)
        if source:
            row[f"from_{name}"] = source
    return row


def _finding(finding: Finding) -> Line:
    return [
        ("path", f"  {finding.file}:{finding.line}: "),
        (_STYLES[finding.severity], finding.severity),
        ("", f": {redact(finding.message)}"),
        ("rule", f"  [{finding.name}]"),
    ]


def _brief(finding: Finding) -> dict[str, Any]:
    names = ("rule", "name", "severity", "file", "line", "key")
    return {**{name: getattr(finding, name) for name in names}, "message": redact(finding.message)}
