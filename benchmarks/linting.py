"""The lint as the benchmarks call it: in this process, many files at once, findings back as the JSON document."""

from __future__ import annotations

import io
import json
import os
import tempfile
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any


def lint(folder: Path, *options: str) -> dict[str, Any]:
    """The findings document (gliner-audit/findings/1) of all configs under a folder; file names relative to it.

    No environment of the caller counts: versions are those of `options` or of the tool's own environment.
    """
    from gliner_audit.cli import run

    said = io.StringIO()
    with tempfile.TemporaryDirectory() as aside, chdir(folder), redirect_stdout(said), redirect_stderr(said):
        target = Path(aside) / "findings.json"
        kept = os.environ.pop("VIRTUAL_ENV", None)
        try:
            code = run([".", "--format", "json", "--output", str(target), *options])
        finally:
            if kept is not None:
                os.environ["VIRTUAL_ENV"] = kept
        if code not in (0, 1) or not target.exists():
            raise SystemExit(f"the lint ended with {code}: {said.getvalue()[-2000:]}")
        document: dict[str, Any] = json.loads(target.read_text())
    return document


def pinned(*packages: str) -> list[str]:
    """`--with` options for the installed versions of these packages."""
    from importlib.metadata import version

    return [part for name in packages for part in ("--with", f"{name}=={version(name)}")]


def by_file(document: dict[str, Any], severity: str | None = None) -> dict[str, list[dict[str, Any]]]:
    """Findings that are not suppressed, by file, of one severity or of all."""
    found: dict[str, list[dict[str, Any]]] = {}
    for finding in document["findings"]:
        if not finding["suppressed"] and severity in (None, finding["severity"]):
            found.setdefault(finding["file"], []).append(finding)
    return found


def table(headings: list[str], rows: list[list[Any]]) -> str:
    """A plain text table, first column to the left, the others to the right."""
    cells = [[str(cell) for cell in row] for row in [headings, *rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(headings))]
    lines = ["  ".join([r[0].ljust(widths[0]), *map(str.rjust, r[1:], widths[1:])]) for r in cells]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])
