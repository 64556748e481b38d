"""The steps of the GitHub action, run in a scratch repository with a stand-in for the tool that records its calls."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
TOOL = """\
#!/usr/bin/env bash
printf '%s\\n' "$*" >> "$CALLS"
exit "$TOOL_STATUS"
"""


def _git(repo: Path, *args: str) -> str:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(
        ["git", *identity, *args], cwd=repo, check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A repository with one commit; a second one changes a config and code, and drops another config."""
    repo = tmp_path / "repo"
    repo.mkdir()
    _git(repo, "init", "-q")
    for name in ("old.yaml", "gone.yaml", "train.py"):
        (repo / name).write_text("a: 1\n")
    _git(repo, "add", ".")
    _git(repo, "commit", "-q", "-m", "one")
    (repo / "gone.yaml").unlink()
    (repo / "train.py").write_text("b = 1\n")
    (repo / "with blank.yaml").write_text("a: 1\n")
    (repo / "$(touch pwned).yaml").write_text("a: 1\n")
    _git(repo, "add", "-A")
    _git(repo, "commit", "-q", "-m", "two")
    return repo


def _check(repo: Path, status: int = 0, **given: str) -> tuple[int, list[str], str]:
    """The exit status of the step, the calls of the tool, and what it set as output."""
    tool, calls, output = repo.parent / "tool", repo.parent / "calls", repo.parent / "output"
    tool.write_text(TOOL)
    tool.chmod(0o755)
    for file in (calls, output):
        file.write_text("")
    env = {
        **os.environ,
        "TOOL": str(tool),
        "CALLS": str(calls),
        "GITHUB_OUTPUT": str(output),
        "TOOL_STATUS": str(status),
        "PATHS": "",
        "ARGS": "",
        "FAIL_ON": "error",
        "SARIF_FILE": "out.sarif",
        "BEFORE": "",
        **given,
    }
    assert set(STEPS["Check"]["env"]) <= env.keys()
    script = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS["Check"]["run"]]
    done = subprocess.run(script, cwd=repo, env=env, capture_output=True, text=True)
    return done.returncode, calls.read_text().splitlines(), output.read_text()


def test_it_is_an_action() -> None:
    pytest.importorskip("check_jsonschema", reason="check-jsonschema is not installed (extra dev)")
    tool = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions"]
    done = subprocess.run([*tool, str(ROOT / "action.yml")], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_no_script_has_an_expression_in_it() -> None:
    assert all("${{" not in step["run"] for step in STEPS.values())


def test_every_input_is_used() -> None:
    used = str([step["env"] for step in STEPS.values()])
    assert all(f"inputs.{name} " in used for name in ACTION["inputs"])


def test_only_changed_configs_are_checked(repo: Path) -> None:
    status, calls, output = _check(repo, BEFORE=_git(repo, "rev-parse", "HEAD~1"))
    changed = "-- $(touch pwned).yaml with blank.yaml"
    assert calls == [
        f"check --format sarif --output out.sarif --fail-on error {changed}",
        f"check --format github --fail-on error {changed}",
    ]
    assert (status, output) == (0, "sarif-file=out.sarif\n")
    assert not (repo / "pwned").exists()


def test_no_changed_config_is_no_call(repo: Path) -> None:
    assert _check(repo, BEFORE=_git(repo, "rev-parse", "HEAD")) == (0, [], "")


def test_without_a_commit_to_compare_with_everything_is_checked(repo: Path) -> None:
    status, calls, _ = _check(repo, BEFORE="0" * 40)
    assert status == 0
    assert [call.rpartition(" -- ")[2] for call in calls] == [".", "."]


def test_paths_and_options_are_given_line_by_line(repo: Path) -> None:
    _, calls, _ = _check(repo, PATHS="configs\ntrain.py\n", ARGS="--with\ngliner==0.2.29\n", FAIL_ON="warning")
    assert calls[1] == "check --format github --with gliner==0.2.29 --fail-on warning -- configs train.py"


@pytest.mark.parametrize(("tool", "step", "calls"), [(0, 0, 2), (1, 1, 2), (2, 2, 1), (3, 3, 1)])
def test_the_step_fails_as_the_tool_does(repo: Path, tool: int, step: int, calls: int) -> None:
    status, called, output = _check(repo, status=tool, PATHS="a.yaml")
    assert (status, len(called)) == (step, calls)
    assert bool(output) == (tool < 2)
