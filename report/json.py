"""The findings as JSON, `gliner-audit/findings/1`; `findings.schema.json` beside this file says it exactly."""

from __future__ import annotations

import json
from typing import Any, Final

from ..rules.finding import Against, Finding, Input, Outcome
from .options import Options

SCHEMA: Final = "gliner-audit/findings/1"


def _against(one: Against) -> dict[str, str]:
    said = {"version": one.version, "from": one.found}
    return said if one.asked is None else {**said, "asked": one.asked}


def _input(one: Input) -> dict[str, Any]:
    return {**one._asdict(), "against": {package: _against(version) for package, version in one.against.items()}}


def _finding(one: Finding) -> dict[str, Any]:
    suppressed = None
    if one.suppressed is not None:
        suppressed = {name: value for name, value in one.suppressed._asdict().items() if value is not None}
    return {
        **one._asdict(),
        "path": [step._asdict() for step in one.path],
        "related": [place._asdict() for place in one.related],
        "fixes": [{**fix._asdict(), "edits": [edit._asdict() for edit in fix.edits]} for fix in one.fixes],
        "suppressed": suppressed,
    }


def render(outcome: Outcome, options: Options) -> str:
    """One JSON object; suppressed findings are in it and say by what."""
    document = {
        "schema": SCHEMA,
        "tool": {"name": "gliner-audit", "version": options.version},
        "inputs": [_input(one) for one in outcome.inputs],
        "findings": [_finding(one) for one in outcome.findings],
        "abstained": [place._asdict() for place in outcome.abstained],
        "summary": outcome.counts,
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
