"""The real pre-commit installs the hooks from a copy of this repository and runs them in a scratch one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
GOOD = "model:\n  model_name: bert-base-cased\n  span_mode: markerV0\ntraining:\n  num_steps: 100\n  loss_alpha: 0.5\n"
BROKEN = GOOD.replace("num_steps: 100", "num_steps: 100\n  masking: softmax\n  lr_scheduler_type: cosin")
WORKFLOW = "on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n"

needs_cli = pytest.mark.skipif(find_spec("gliner_audit.cli") is None, reason="there is no command line yet")
needs_pre_commit = pytest.mark.skipif(find_spec("pre_commit") is None, reason="pre-commit is not installed")


def _git(repo: Path, *args: str) -> str:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    command = ["git", *identity, *args]
    return subprocess.run(command, cwd=repo, check=True, capture_output=True, text=True, timeout=120).stdout


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of this working tree that git does not ignore, as a repository of one commit."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True
    )
    if listed.returncode:
        pytest.skip("this is no git checkout: there is nothing that pre-commit could clone")
    copy = tmp_path_factory.mktemp("source")
    for name in filter(None, listed.stdout.decode().split("\0")):
        if not name.startswith("tests/") and (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes((ROOT / name).read_bytes())
    _git(copy, "init", "-q")
    _git(copy, "add", "-A")
    _git(copy, "commit", "-q", "-m", "copy")
    return copy


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps the environment of the hooks."""
    return tmp_path_factory.mktemp("pre-commit-home")


@pytest.fixture
def scratch(source: Path, tmp_path: Path) -> Path:
    """A repository that uses both hooks."""
    _git(tmp_path, "init", "-q")
    config = {
        "repos": [
            {
                "repo": source.as_uri(),
                "rev": _git(source, "rev-parse", "HEAD").strip(),
                "hooks": [{"id": name} for name in HOOKS],
            }
        ]
    }
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    _git(tmp_path, "add", "-A")
    return tmp_path


def _run(scratch: Path, home: Path, files: dict[str, str]) -> tuple[int, str]:
    """Stages the files and runs the hooks as a commit would; the exit status and all that was printed."""
    for name, text in files.items():
        path = scratch / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    _git(scratch, "add", "-A")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "VIRTUAL_ENV"))}
    command = [sys.executable, "-m", "pre_commit", "run", "--color=never"]
    env = {**kept, "PRE_COMMIT_HOME": str(home)}
    done = subprocess.run(command, cwd=scratch, env=env, capture_output=True, text=True, timeout=900)
    return done.returncode, done.stdout + done.stderr


@needs_pre_commit
def test_the_manifest_is_one() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize(
    "name",
    ["config.yaml", "configs/train.yml", "conf/model_config.json", "train.toml", "a/b/gliner.yaml", "github/x.yaml"],
)
def test_the_config_hook_takes(name: str) -> None:
    assert re.search(HOOKS["gliner-audit"]["exclude"], name) is None


@pytest.mark.parametrize(
    "name",
    [
        ".github/workflows/ci.yml",
        "web/.github/x.yaml",
        "package.json",
        "web/package-lock.json",
        "pnpm-lock.yaml",
        "model/tokenizer_config.json",
        "docker-compose.yml",
        "compose.prod.yaml",
        ".pre-commit-config.yaml",
        "node_modules/a/b.json",
    ],
)
def test_the_config_hook_leaves_alone(name: str) -> None:
    assert re.search(HOOKS["gliner-audit"]["exclude"], name) is not None


@needs_cli
@needs_pre_commit
def test_a_commit_with_only_a_workflow_passes(scratch: Path, home: Path) -> None:
    status, told = _run(scratch, home, {".github/workflows/ci.yml": WORKFLOW, "other.yaml": WORKFLOW})
    assert status == 0, told
    assert "gliner-audit (training configs)" in told


@needs_cli
@needs_pre_commit
def test_a_good_config_passes(scratch: Path, home: Path) -> None:
    status, told = _run(scratch, home, {"configs/good.yaml": GOOD})
    assert status == 0, told
    assert re.search(r"training configs\)\.+Passed", told)
    assert re.search(r"training code\)\.+\(no files to check\)Skipped", told)


@needs_cli
@needs_pre_commit
def test_a_broken_config_stops_the_commit(scratch: Path, home: Path) -> None:
    status, told = _run(scratch, home, {"configs/broken.yaml": BROKEN})
    assert status == 1, told
    assert re.search(r"training configs\)\.+Failed", told)
    assert "configs/broken.yaml:" in told
    assert "error[GA" in told


@needs_cli
@needs_pre_commit
def test_the_code_hook_runs_for_python(scratch: Path, home: Path) -> None:
    status, told = _run(scratch, home, {"tool.py": "print(1)\n"})
    assert status == 0, told
    assert re.search(r"training code\)\.+Passed", told)
