"""The lint as the benchmarks call it: in this process, many files at once, findings back as the JSON document."""

from __future__ import annotations

import io
import json
import os
import tempfile
from collections.abc import Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any


class LintError(Exception):
    """The lint ended with a usage or an internal error; the text is what it said."""


def lint(folder: Path, *options: str, paths: Sequence[str] = (".",)) -> dict[str, Any]:
    """The findings document (gliner-audit/findings/1) of the configs under a folder; file names relative to it.

    No environment of the caller counts: versions are those of `options` or of the tool's own environment.
    Raises LintError when the lint ends with 2 or 3.
    """
    from gliner_audit.cli import run

    said = io.StringIO()
    with tempfile.TemporaryDirectory() as aside, chdir(folder), redirect_stdout(said), redirect_stderr(said):
        target = Path(aside) / "findings.json"
        kept = os.environ.pop("VIRTUAL_ENV", None)
        try:
            code = run([*paths, "--format", "json", "--output", str(target), *options])
        finally:
            if kept is not None:
                os.environ["VIRTUAL_ENV"] = kept
        if code not in (0, 1) or not target.exists():
            raise LintError(f"exit {code}: {said.getvalue()[-2000:]}")
        document: dict[str, Any] = json.loads(target.read_text())
    return document


def lint_each(folder: Path, files: Sequence[str], *options: str) -> tuple[dict[str, list[dict[str, Any]]], list[str]]:
    """Findings by file, and the files on which the lint itself breaks, found by halving."""
    try:
        return by_file(lint(folder, *options, paths=files)), []
    except LintError as error:
        if len(files) == 1:
            return {}, [f"{files[0]}: {error}"]
    found: dict[str, list[dict[str, Any]]] = {}
    broken: list[str] = []
    for half in (files[: len(files) // 2], files[len(files) // 2 :]):
        more, crashes = lint_each(folder, half, *options)
        found |= more
        broken += crashes
    return found, broken


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
