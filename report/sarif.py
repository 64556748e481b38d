"""SARIF 2.1.0, for code scanning and editors (docs.oasis-open.org/sarif/sarif/v2.1.0)."""

from __future__ import annotations

import json
from typing import Any, Final
from urllib.parse import quote

from ..rules.finding import ADVICE, ERROR, WARNING, Abstention, Finding, Fix, Outcome, Suppression
from ..rules.tally import lost
from .options import Options

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {ERROR: "error", WARNING: "warning", ADVICE: "note"}


def _artifact(file: str) -> dict[str, Any]:
    if file.startswith("/"):
        return {"uri": "file://" + quote(file)}
    return {"uri": quote(file), "uriBaseId": "SRCROOT"}


def _region(line: int, column: int, end_line: int, end_column: int) -> dict[str, int]:
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _location(file: str, region: dict[str, int]) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(file), "region": region}}


def _fix(fix: Fix) -> dict[str, Any]:
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit in fix.edits:
        deleted = _region(edit.line, edit.column, edit.end_line, edit.end_column)
        changes.setdefault(edit.file, []).append({"deletedRegion": deleted, "insertedContent": {"text": edit.text}})
    return {
        "description": {"text": fix.title},
        "artifactChanges": [
            {"artifactLocation": _artifact(file), "replacements": listed} for file, listed in changes.items()
        ],
        "properties": {"applicability": fix.applicability},
    }


def _suppression(one: Suppression) -> dict[str, Any]:
    said: dict[str, Any] = {"kind": "inSource" if one.by == "comment" else "external", "properties": {"by": one.by}}
    if one.reason:
        said["justification"] = one.reason
    if one.file is not None and one.line is not None:
        said["location"] = _location(one.file, {"startLine": one.line})
    return said


def _result(one: Finding, index: int) -> dict[str, Any]:
    said = [one.message, one.effect and f"Effect: {one.effect}", one.help and f"Help: {one.help}"]
    region = _region(one.line, one.column, one.end_line, one.end_column)
    result: dict[str, Any] = {
        "ruleId": one.rule,
        "ruleIndex": index,
        "level": _LEVELS[one.severity],
        "message": {"text": "\n".join(text for text in said if text)},
        "locations": [_location(one.file, region)],
        "partialFingerprints": {"gliner-audit/v1": one.fingerprint},
        "properties": {"name": one.name, "confidence": one.confidence, "key": one.key, "entry": one.entry},
    }
    if one.related:
        result["relatedLocations"] = [
            {"id": number, **_location(other.file, _region(*other[1:5])), "message": {"text": other.message}}
            for number, other in enumerate(one.related, 1)
        ]
    if one.path:
        steps = [
            {"location": {**_location(step.file, {"startLine": step.line}), "message": {"text": step.message}}}
            for step in one.path
        ]
        result["codeFlows"] = [{"threadFlows": [{"locations": steps}]}]
    if one.fixes:
        result["fixes"] = [_fix(fix) for fix in one.fixes if fix.edits]
    if one.suppressed is not None:
        result["suppressions"] = [_suppression(one.suppressed)]
    return result


def _rule(one: Finding, options: Options) -> dict[str, Any]:
    text = options.describe(one.name)
    rule: dict[str, Any] = {"id": one.rule, "name": one.name}
    if text is not None:
        rule |= {
            "shortDescription": {"text": text.summary},
            "fullDescription": {"text": text.summary},
            "help": {"text": text.help, "markdown": text.help},
        }
    url = text.url if text is not None and text.url else one.url
    return {**rule, "helpUri": url} if url else rule


def _notification(place: Abstention) -> dict[str, Any]:
    return {
        "level": "note",
        "message": {"text": lost(place)},
        "locations": [_location(place.file, {"startLine": place.line})],
    }


def _versions(outcome: Outcome) -> list[dict[str, Any]]:
    said: dict[tuple[str, str, str, str | None], None] = {}
    for entry in outcome.inputs:
        for package, one in entry.against.items():
            said[package, one.version, one.found, one.asked] = None
    return [{"package": p, "version": v, "from": f, **({"asked": a} if a else {})} for p, v, f, a in said]


def render(outcome: Outcome, options: Options) -> str:
    """One run. Suppressed findings are results with suppressions; places where a trail was lost are notifications."""
    first: dict[str, Finding] = {}
    for finding in outcome.findings:
        first.setdefault(finding.rule, finding)
    index = {rule: number for number, rule in enumerate(first)}
    run = {
        "tool": {
            "driver": {
                "name": "gliner-audit",
                "version": options.version,
                "rules": [_rule(finding, options) for finding in first.values()],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The folder in which gliner-audit was started."}}},
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [_notification(place) for place in outcome.abstained],
            }
        ],
        "results": [_result(finding, index[finding.rule]) for finding in outcome.findings],
        "properties": {"against": _versions(outcome), "summary": outcome.counts},
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"
