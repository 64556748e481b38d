"""Two configs side by side: the effective plan and the findings, not the lines."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from gliner_audit.audit.project.walk import NoSuchPath
from gliner_audit.report.compare import json_text, text
from gliner_audit.rules.check import NotAConfig
from gliner_audit.rules.revisions import Change, compare, side, source

A = """\
model:
  model_name: encoder
training:
  num_steps: 1000
  train_batch_size: 8
  lr_encoder: 1.0e-5
  lr_others: 5.0e-5
"""
VERSIONS = {"gliner": "0.2.29", "transformers": "5.16.1"}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text(A, encoding="utf-8")
    return tmp_path


def changes(place: Path, b: str) -> dict[str, Change]:
    (place / "b.yaml").write_text(b, encoding="utf-8")
    found = compare(*(side(name, given=VERSIONS, dialect="gliner") for name in ("a.yaml", "b.yaml")))
    return {f"{change.part}.{change.name}": change for change in found.changes}


def test_other_spelling_is_no_change(place: Path) -> None:
    other = A.replace("lr_encoder: 1.0e-5", "learning_rate: 0.00001  # same").replace("train_batch_size", "batch_size")
    (place / "b.yaml").write_text("# a comment\n" + other, encoding="utf-8")
    found = compare(side("a.yaml", given=VERSIONS), side("b.yaml", given=VERSIONS))
    assert found.changes == ()
    assert "the same effective plan" in text(found) or found.new or found.gone


def test_what_follows_from_a_value_changes_too(place: Path) -> None:
    found = changes(place, A.replace("num_steps: 1000", "num_steps: 2000"))
    assert found["arguments.max_steps"][2:] == (1000, 2000, "config", "config")
    assert (found["derived.total_steps"].a, found["derived.total_steps"].b) == (1000, 2000)


def test_leaving_a_key_out_brings_its_default(place: Path) -> None:
    found = changes(
        place, A.replace("lr_others: 5.0e-5", "eval_every: 100").replace("encoder\n", "encoder\n  max_width: 5\n", 1)
    )
    assert found["arguments.others_lr"].from_b == "replaced"
    width = found["model.max_width"]
    assert (width.a, width.b, width.from_a, width.from_b) == (12, 5, "default", "config")


def test_findings_that_come_and_go(place: Path) -> None:
    (place / "b.yaml").write_text(A.replace("lr_others: 5.0e-5", "lr_others: 0"), encoding="utf-8")
    a, b = side("a.yaml", given=VERSIONS), side("b.yaml", given=VERSIONS)
    there, back = compare(a, b), compare(b, a)
    assert there.new
    assert not there.gone
    assert there.new == back.gone
    assert there.kept == len(a.findings)
    shown = text(there)
    assert "\nnew findings\n  b.yaml:" in shown
    assert "others_lr" in shown


def test_versions_of_the_libraries(place: Path) -> None:
    older = {**VERSIONS, "gliner": "0.2.22"}
    found = compare(side("a.yaml", given=older), side("a.yaml", given=VERSIONS))
    rows = {f"{change.part}.{change.name}": (change.a, change.b) for change in found.changes}
    assert rows["versions.gliner"] == ("0.2.22", "0.2.29")
    assert rows["layer.layer"][1] == "gliner.GLiNER.train_model"


def test_a_secret_is_not_shown(place: Path) -> None:
    token = "hf_" + "a1b2c3d4" * 4
    (place / "b.yaml").write_text(A + f"  hub_token: {token}\n", encoding="utf-8")
    found = compare(side("a.yaml", given=VERSIONS), side("b.yaml", given=VERSIONS))
    assert token not in text(found) + json_text(found)
    assert "[redacted]" in text(found)


def test_json_says_the_same(place: Path) -> None:
    (place / "b.yaml").write_text(A.replace("train_batch_size: 8", "train_batch_size: 4"), encoding="utf-8")
    tree = json.loads(json_text(compare(side("a.yaml", given=VERSIONS), side("b.yaml", given=VERSIONS))))
    assert tree["schema"] == "gliner-audit/diff/1"
    (row,) = [row for row in tree["changes"] if row["name"] == "per_device_train_batch_size"]
    assert (row["a"], row["b"], row["from_a"]) == (8, 4, "config")


def test_a_revision_of_the_same_file(place: Path) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(["git", "-c", "user.name=n", "-c", "user.email=e@x", *arguments], check=True, stdout=-3)

    (place / "sub").mkdir()
    config = place / "sub" / "a.yaml"
    config.write_text(A, encoding="utf-8")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    config.write_text(A.replace("8", "16"), encoding="utf-8")
    found = compare(side("HEAD:sub/a.yaml", given=VERSIONS), side("sub/a.yaml", given=VERSIONS))
    assert {change.name for change in found.changes} >= {"per_device_train_batch_size", "effective_batch_size"}
    config.unlink()
    (place / "sub").rmdir()
    assert source("HEAD:sub/a.yaml") == ("sub/a.yaml", A.encode())
    assert side("HEAD:sub/a.yaml", given=VERSIONS).plan.value("max_steps") == 1000


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("none.yaml", "none.yaml: no such file"),
        ("HEAD:a.yaml", "HEAD:a.yaml: fatal: "),
        ("--output=x:a.yaml", "no revision is called --output=x"),
    ],
)
def test_what_is_not_there_is_one_clear_error(place: Path, asked: str, message: str) -> None:
    with pytest.raises(NoSuchPath, match=message):
        side(asked)
    assert sorted(path.name for path in place.iterdir()) == ["a.yaml"]


def test_what_is_no_config_is_one_clear_error(place: Path) -> None:
    (place / "b.yaml").write_text("- 1\n- 2\n", encoding="utf-8")
    with pytest.raises(NotAConfig, match=r"b\.yaml: The top level is a list"):
        side("b.yaml")


def test_a_file_whose_name_has_a_colon(place: Path) -> None:
    (place / "HEAD:a.yaml").write_text("x: 1\n", encoding="utf-8")
    assert source("HEAD:a.yaml") == ("HEAD:a.yaml", b"x: 1\n")
