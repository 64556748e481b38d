"""GitLab Code Quality: a JSON array of issues (docs.gitlab.com, "Code Quality report format")."""

from __future__ import annotations

import json

from ..rules.finding import ADVICE, ERROR, WARNING, Outcome
from ..rules.tally import shown
from .options import Options

_SEVERITIES = {ERROR: "major", WARNING: "minor", ADVICE: "info"}


def render(outcome: Outcome, options: Options) -> str:
    """One issue per finding that nothing suppresses."""
    issues = [
        {
            "description": finding.message,
            "check_name": finding.name,
            "fingerprint": finding.fingerprint,
            "severity": _SEVERITIES[finding.severity],
            "location": {
                "path": finding.file,
                "positions": {
                    "begin": {"line": finding.line, "column": finding.column},
                    "end": {"line": finding.end_line, "column": finding.end_column},
                },
            },
        }
        for finding in shown(outcome.findings)
    ]
    return json.dumps(issues, indent=2, ensure_ascii=False) + "\n"
