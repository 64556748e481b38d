"""One line per finding, for editors, grep and people in a hurry. Nothing when all is well."""

from __future__ import annotations

from ..rules.finding import Finding, Outcome
from ..rules.tally import best_fix, shown
from .options import Options
from .paint import Line, paint


def _line(finding: Finding) -> Line:
    fix = best_fix(finding)
    return [
        ("path", f"{finding.file}:{finding.line}:{finding.column}: "),
        (finding.severity, f"{finding.severity}[{finding.rule}] "),
        ("rule", finding.name),
        ("", ": " + " ".join(finding.message.split())),
        ("good", f" [{fix.applicability} fix]" if fix else ""),
    ]


def render(outcome: Outcome, options: Options) -> str:
    """`path:line:column: severity[id] name: message [safe fix]` for each finding that nothing suppresses."""
    return paint(map(_line, shown(outcome.findings)), options.color)
