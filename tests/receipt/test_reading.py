"""Reading receipts: show, verify and diff, as whole texts."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from gliner_audit.report.receipt import differences, head, receipt, verified
from gliner_audit.runner.protocols import Exit, Progress
from gliner_audit.runner.receipt.compare import compare
from gliner_audit.runner.receipt.verify import ReceiptError, holds, read, verify

from .conftest import Folder, row

Make = Callable[..., Progress]


@pytest.fixture
def done(folder: Folder, progress: Make) -> Folder:
    """A folder with a finished run."""
    writer = folder.receipt()
    writer.start(progress(0))
    folder.weights()
    keys = [
        row("training.lr_encoder", 1e-5, evidence="group 0 of the optimizer held 1e-05 at step 1"),
        row("training.size_sup", 3, "no effect", at_sink=None, evidence="recorded as metadata; handed to nothing"),
        row("training.log_level", "info", "not observed"),
        row("optim", "adamw_torch", set=False),
    ]
    writer.finish(progress(100, keys=keys, last_checkpoint="checkpoint-100"), Exit(0, "finished"))
    return folder


def steady(tree: dict[str, Any]) -> dict[str, Any]:
    """The receipt with what differs from machine to machine fixed."""
    versions = {"python": "3.11.7", "gliner": "0.2.29", "torch": "2.13.0"}
    config = {**tree["config"], "file": "config.yaml", "sha256": "c" * 64}
    data = [{**one, "file": "train.jsonl", "sha256": "d" * 64} for one in tree["data"]]
    git = {"commit": "0123456789abcdef", "dirty": True, "diff_sha256": "e" * 64}
    checks = [{"check": "near duplicates", "why": "w"}]
    return {**tree, "versions": versions, "config": config, "data": data, "git": git, "checks_not_run": checks}


SHOWN = """\
run        finished (exit 0): 100 of 100 steps in 2.5 s on cpu, world size 1, fp32
config     config.yaml (cccccccccccc), lint: 0 errors, 1 warnings
keys       2 took effect, 1 no effect, 1 not observed; written without effect: training.size_sup
loss       10 at step 10 → 1 at step 100, least 1
scores     eval_f1 0.5
data       train train.jsonl (dddddddddddd): 9 examples, 9 entities, 0 lost
weights    pytorch_model.bin (9a3e4a2be5d9, 0.0 MiB)
code       commit 0123456789ab with changes (eeeeeeeeeeee); gliner 0.2.29, torch 2.13.0
randomness seed 42
attempts   1 (from step 0: finished); last checkpoint checkpoint-100; not checked: near duplicates

key                  requested  at the sink  effective  verdict       evidence
training.lr_encoder  1e-05      1e-05        1e-05      took effect   group 0 of the optimizer held 1e-05 at step 1
training.size_sup    3          -            -          no effect     recorded as metadata; handed to nothing
training.log_level   info       info         -          not observed  seen
1 keys at their defaults are not shown
"""


def test_what_a_reviewer_reads(done: Folder) -> None:
    tree = steady(done.read())
    tree["lint"] = {"run": True, "counts": {"errors": 0, "warnings": 1}}
    tree["subject"][0]["sha256"] = "9a3e4a2be5d9" + "0" * 52
    assert receipt(tree) == SHOWN


def test_the_head_has_ten_lines_however_little_is_known(folder: Folder) -> None:
    folder.receipt(data=None, plan=None, lint=None).refuse("refused: the lint found errors", 1)
    lines = ["".join(text for _, text in line) for line in head(folder.read())]
    assert len(lines) == 10
    assert lines[0].startswith("run        refused: the lint found errors (exit 1): 0 of 0 steps")
    assert "optim" not in receipt(folder.read())


def test_defaults_are_shown_when_asked(done: Folder) -> None:
    assert "\noptim " in receipt(done.read(), every=True)


def test_verify_holds_while_nothing_changes(done: Folder) -> None:
    rows = verify(str(done.out))
    assert [(one.role, one.state) for one in rows] == [("config", "same"), ("data", "same"), ("weights", "same")]
    assert holds(rows)
    assert verified(rows).endswith("3 files hold\n")


def test_verify_names_what_changed_and_what_is_gone(done: Folder) -> None:
    done.weights(b"others!!")
    done.config.unlink()
    rows = verify(str(done.out / "receipt.json"))
    assert not holds(rows)
    assert [one.state for one in rows] == ["missing", "same", "changed"]
    text = verified(rows)
    assert "7 bytes, now 8" in text
    assert text.endswith("2 of 3 files are not what the receipt says\n")


def test_verify_finds_files_from_another_folder(done: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = done.read()
    tree["config"]["file"], tree["data"][0]["file"] = "config.yaml", "train.jsonl"
    (done.out / "receipt.json").write_text(json.dumps(tree), encoding="utf-8")
    monkeypatch.chdir("/")
    assert holds(verify(str(done.out)))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "No such file"),
        ("{", "not JSON"),
        ("[]", "not a receipt of this version"),
        ('{"schema": "gliner-audit/receipt/9"}', "schema is 'gliner-audit/receipt/9'"),
        ('{"schema": "gliner-audit/receipt/1", "config": {}}', "lacks data, exit, keys, steps"),
    ],
)
def test_what_is_no_receipt_is_one_clear_error(tmp_path: Path, content: str | None, message: str) -> None:
    if content is not None:
        (tmp_path / "receipt.json").write_text(content, encoding="utf-8")
    with pytest.raises(ReceiptError, match=message):
        read(str(tmp_path))


def test_two_equal_runs_do_not_differ(done: Folder) -> None:
    tree = done.read()
    assert compare(tree, {**copy.deepcopy(tree), "updated": "later", "seconds": 9.0}) == []
    assert differences([], ("a", "b")) == "a and b: no difference\n"


DIFFERENT = """\
a: one
b: two

key
  training.lr_encoder          1e-05 → 3e-05
  training.size_sup            3 → (absent)
  training.size_sup (verdict)  no effect → (absent)
  training.log_level           info → (absent)
  optim                        adamw_torch → (absent)

data
  train.sha256                 dddddddddddd… → ffffffffffff…
  train.lost                   0 → 2

versions
  torch                        2.13.0 → 2.14.0

git
  dirty                        true → false
  diff_sha256                  eeeeeeeeeeee… → null

metrics
  eval_f1                      0.5 → 0.75

run
  last loss                    1.0 → 0.5
  weights pytorch_model.bin    aaaaaaaaaaaa… → bbbbbbbbbbbb…
"""


def test_what_explains_a_difference_stands_first(done: Folder) -> None:
    a = steady(done.read())
    a["subject"][0]["sha256"] = "a" * 64
    b = copy.deepcopy(a)
    b["keys"] = [row("training.lr_encoder", 3e-5)]
    b["data"][0].update(sha256="f" * 64, lost=2)
    b["versions"]["torch"] = "2.14.0"
    b["git"].update(dirty=False, diff_sha256=None)
    b["metrics"]["eval_f1"] = 0.75
    b["losses"][-1]["loss"] = 0.5
    b["subject"][0]["sha256"] = "b" * 64
    assert differences(compare(a, b), ("one", "two")) == DIFFERENT
