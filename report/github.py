"""Workflow commands: GitHub shows each finding as an annotation on its line.

Format and escapes: docs.github.com, "Workflow commands for GitHub Actions"; actions/toolkit, core/src/command.ts.
"""

from __future__ import annotations

from ..rules.finding import ADVICE, ERROR, WARNING, Finding, Outcome
from ..rules.tally import shown
from .options import Options
from .paint import visible_lines

_COMMANDS = {ERROR: "error", WARNING: "warning", ADVICE: "notice"}
_DATA = {ord("%"): "%25", ord("\r"): "%0D", ord("\n"): "%0A"}
_PROPERTY = {**_DATA, ord(":"): "%3A", ord(","): "%2C"}


def _command(finding: Finding) -> str:
    properties: dict[str, str | int] = {"file": finding.file, "line": finding.line, "endLine": finding.end_line}
    if finding.line == finding.end_line:
        # GitHub refuses columns on annotations of several lines.
        properties = {**properties, "col": finding.column, "endColumn": finding.end_column}
    properties["title"] = f"{finding.rule} {finding.name}"
    said = [f"{finding.file}:{finding.line}:{finding.column}: {finding.message}"]
    if finding.effect:
        said.append(f"effect: {finding.effect}")
    if finding.help:
        said.append(f"help: {finding.help}")
    listed = ",".join(f"{name}={str(value).translate(_PROPERTY)}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {listed}::" + visible_lines("\n".join(said)).translate(_DATA)


def render(outcome: Outcome, options: Options) -> str:
    """One command per finding that nothing suppresses; the place stands in the message too, for the log."""
    return "".join(_command(finding) + "\n" for finding in shown(outcome.findings))
