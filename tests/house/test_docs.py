"""Every command that README and docs show is run, and says what they say it says.

A ```console block holds commands after `$ ` and their output; a line `...` stands for any number of lines. With
`# exit N` behind the command the exit code is checked, else it must be 0 or 1. GLINER_AUDIT_UPDATE=1 rewrites outputs.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from gliner_audit.rules import build_docs

PROJECT = Path(__file__).resolve().parent.parent.parent
PAGES = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]


class Shown(NamedTuple):
    page: str
    line: str
    command: str
    code: int | None
    output: str


def shown() -> Iterator[Shown]:
    for page in PAGES:
        for block in re.findall(r"^```console\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE):
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                line, _, output = part.partition("\n")
                command, _, code = line.partition("  # exit ")
                yield Shown(page.name, line, command.strip(), int(code) if code else None, output)


SHOWN = list(shown())


def matches(pattern: str, text: str) -> bool:
    parts = [re.escape(part) for part in re.split(r"^\.\.\.\n", pattern.rstrip() + "\n", flags=re.MULTILINE)]
    return re.fullmatch("(?s:.*)".join(parts), text.rstrip() + "\n") is not None


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the examples, so that commands may write."""
    folder = tmp_path_factory.mktemp("docs")
    subprocess.run(["cp", "-r", str(PROJECT / "examples"), str(folder)], check=True)
    return folder


@pytest.mark.parametrize("case", SHOWN, ids=lambda case: f"{case.page}: {case.command}")
def test_a_shown_command_says_what_is_shown(case: Shown, scratch: Path) -> None:
    words = shlex.split(case.command)
    if words[0] == "make":
        words, folder = ["make", "--silent", "--no-print-directory", *words[1:]], PROJECT
    else:
        assert words[0] == "gliner-audit", "the docs show this tool"
        words, folder = [sys.executable, "-m", "gliner_audit", *words[1:]], scratch
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "120", "VIRTUAL_ENV": ""}
    done = subprocess.run(words, capture_output=True, text=True, cwd=folder, env=environment, timeout=600)
    told = done.stdout or done.stderr
    if os.environ.get("GLINER_AUDIT_UPDATE") and "..." not in case.output.split("\n"):
        page = next(path for path in PAGES if path.name == case.page)
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace(f"$ {case.line}\n{case.output}", f"$ {case.line}\n{told}\n"), encoding="utf-8")
        return
    assert matches(case.output, told), told
    assert done.returncode == case.code if case.code is not None else done.returncode in (0, 1)


def test_the_readme_shows_the_two_commands() -> None:
    commands = {case.command for case in SHOWN if case.page == "README.md"}
    assert "make demo" in commands
    assert "make test" in (PROJECT / "README.md").read_text(encoding="utf-8")


def test_the_rule_pages_are_up_to_date() -> None:
    folder = PROJECT / "docs" / "rules"
    found = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    assert found == build_docs.pages(), "run `make docs`"
