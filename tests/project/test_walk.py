"""Which files are looked at: as git sees the tree, without environments, checkpoints and data."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from gliner_audit.audit.project.walk import File, NoSuchPath, expand
from hypothesis import given, settings
from hypothesis import strategies as st


def plant(root: Path, *files: str) -> None:
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text('{"a": 1}')


def found(*paths: str, exclude: tuple[str, ...] = ()) -> list[str]:
    return [file.path for file in expand(paths, exclude)]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def test_kinds_and_order(tree: Path) -> None:
    plant(tree, "b/train.py", "b/x.ipynb", "a.yaml", "b/c.YML", "b/d.json", "b/e.toml", "b/readme.md", "f.jsonl")
    assert expand(["b", "a.yaml", "./a.yaml", "b/readme.md"]) == [
        File("b/c.YML", "config", False),
        File("b/d.json", "config", False),
        File("b/e.toml", "config", False),
        File("b/train.py", "script", False),
        File("b/x.ipynb", "notebook", False),
        File("a.yaml", "config", True),
        File("b/readme.md", "config", True),
    ]


def test_a_path_that_does_not_exist(tree: Path) -> None:
    with pytest.raises(NoSuchPath, match=r"none\.yaml: no such file or folder"):
        expand(["none.yaml"])


def test_environments_checkpoints_and_data_are_skipped_but_named_files_are_taken(tree: Path) -> None:
    plant(tree, "keep.yaml", "env/pyvenv.cfg", "env/a.yaml", "node_modules/a.json", "out/checkpoint-5/config.json")
    plant(tree, "model/model.safetensors", "model/config.json")
    (tree / "data.json").write_text('[{"tokens": []}]')
    assert found(".") == ["keep.yaml"]
    assert found("data.json", "env/a.yaml") == ["data.json", "env/a.yaml"]


def test_ignore_files_of_all_levels_and_exclude(tree: Path) -> None:
    plant(
        tree, "runs/a.yaml", "x/runs/b.yaml", "x/keep/c.yaml", "x/tmp.yaml", "x/y/tmp.yaml", "old/d.yaml", "info.yaml"
    )
    (tree / ".gitignore").write_text("/runs/\ntmp.*\n")
    (tree / "x/.gitignore").write_text("!tmp.yaml\n/y/tmp.yaml\n")
    (tree / ".git/info").mkdir()
    (tree / ".git/info/exclude").write_text("info.yaml\n")
    assert found(".", exclude=("old/",)) == ["x/keep/c.yaml", "x/runs/b.yaml", "x/tmp.yaml"]
    assert found("x", exclude=("**/keep/**",)) == ["x/runs/b.yaml", "x/tmp.yaml"]


patterns = st.lists(
    st.sampled_from(
        [
            "a",
            "*.yaml",
            "/a",
            "b/",
            "!a",
            "!*.yaml",
            "a/b",
            "**/b",
            "a/**",
            "!a/b/",
            "[ab].yaml",
            "[!a].yaml",
            "?.yaml",
            "# a",
            "\\#a",
            "a/*/b.yaml",
            "*",
            "!*/",
            "/*",
            "a**b",
            "**",
            "b.yaml ",
            "[]a].yaml",
            "[",
            "*/a.yaml",
            "!/b/a",
        ]
    ),
    max_size=5,
)
NAMES = [
    "a.yaml",
    "b.yaml",
    "a/a.yaml",
    "a/b.yaml",
    "a/b/a.yaml",
    "b/a/b.yaml",
    "b/b/b.yaml",
    "b/a/a/b.yaml",
    "#a/a.yaml",
]


@pytest.mark.skipif(shutil.which("git") is None, reason="NO GIT: the matcher is compared with git's own")
@settings(max_examples=60, deadline=None)
@given(patterns, patterns)
def test_the_walk_sees_what_git_sees(
    tmp_path_factory: pytest.TempPathFactory, top: list[str], inner: list[str]
) -> None:
    root = tmp_path_factory.mktemp("repository")
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    plant(root, *NAMES)
    (root / ".gitignore").write_text("\n".join(top))
    (root / "b/.gitignore").write_text("\n".join(inner))
    command = ["git", "-C", str(root), "-c", "core.quotePath=false", "ls-files", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")
    seen = [str(Path(path).relative_to(root)) for path in found(str(root))]
    assert sorted(seen) == sorted(name for name in listed if name.endswith(".yaml"))
