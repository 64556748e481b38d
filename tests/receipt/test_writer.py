"""The receipt says what happened, at every exit, whole, without secrets, within the contract and its size."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from gliner_audit.runner.protocols import Exit, Progress
from gliner_audit.runner.receipt import Receipt, restore, writer
from gliner_audit.runner.receipt.clean import LARGEST, clean

from .conftest import TOKEN, Folder, row

Make = Callable[..., Progress]
OWN = json.loads((Path(writer.__file__).parent / "receipt.schema.json").read_text(encoding="utf-8"))


def valid(tree: dict[str, Any]) -> dict[str, Any]:
    jsonschema.Draft202012Validator(OWN).validate(tree)
    return tree


def test_a_run_from_start_to_end(folder: Folder, progress: Make) -> None:
    receipt = folder.receipt()
    receipt.start(progress(0))
    running = valid(folder.read())
    assert running["exit"] == {"code": None, "reason": "running"}
    receipt.checkpoint(progress(50, last_checkpoint="checkpoint-50"))
    assert valid(folder.read())["steps"] == {"planned": 100, "done": 50}
    folder.weights()
    receipt.finish(progress(100), Exit(0, "finished"))
    tree = valid(folder.read())
    assert tree["exit"] == {"code": 0, "reason": "finished"}
    assert tree["subject"][0]["file"] == "pytorch_model.bin"
    assert tree["subject"][0]["bytes"] == 7
    assert [one["examples"] for one in tree["data"]] == [9]
    assert tree["keys"][0]["verdict"] == "took effect"
    assert len(tree["losses"]) == 10
    assert [(one["from_step"], one["to_step"]) for one in tree["attempts"]] == [(0, 100)]
    assert tree["versions"]["python"] == ".".join(map(str, sys.version_info[:3]))
    assert list(folder.out.glob(".receipt*")) == []


def test_the_keys_of_the_config_stand_in_it_from_the_start(folder: Folder, progress: Make) -> None:
    folder.receipt().start(progress(0, keys=()))
    rows = {one["key"]: one for one in valid(folder.read())["keys"]}
    assert rows["training.lr_encoder"]["planned"] == 1e-5
    assert {one["verdict"] for one in rows.values()} == {"not observed"}


def test_no_secret_gets_in(folder: Folder, progress: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["gliner-audit", "run", "--set", f"training.hub_token={TOKEN}"])
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    receipt = folder.receipt()
    receipt.start(progress(0))
    notes = [f"401 for token {TOKEN}", "https://user:pa55word@host/x failed"]
    receipt.finish(progress(10, notes=notes), Exit(7, f"failed: no access with {TOKEN}"))
    text = (folder.out / "receipt.json").read_text(encoding="utf-8")
    assert TOKEN not in text
    assert "pa55word" not in text
    tree = valid(json.loads(text))
    assert tree["keys"][1]["requested"] == "[redacted]"
    assert f"hub_token: {'*' * len(TOKEN)}" in tree["config"]["text"]
    assert "HF_TOKEN" not in tree["invocation"]["env"]
    assert TOKEN not in json.dumps(receipt.handover())


def test_a_resumed_run_is_one_receipt_with_a_chain(folder: Folder, progress: Make) -> None:
    receipt = folder.receipt()
    receipt.start(progress(0))
    receipt.finish(progress(45, counts={"skipped_batches": 2}), Exit(143, "interrupted: SIGTERM"))
    again = folder.receipt()
    again.start(progress(0))
    assert [one["exit"]["reason"] for one in folder.read()["attempts"]] == ["interrupted: SIGTERM", "running"]
    folder.weights()
    again.finish(progress(100, 30, counts={"skipped_batches": 1}), Exit(0, "finished"))
    tree = valid(folder.read())
    assert [one["exit"]["code"] for one in tree["attempts"]] == [143, 0]
    assert [one["step"] for one in tree["losses"]] == list(range(10, 101, 10))
    assert tree["counts"]["skipped_batches"] == 3
    assert tree["seconds"] == 5.0


def test_a_killed_run_is_told_when_it_goes_on(folder: Folder, progress: Make) -> None:
    folder.receipt().start(progress(0))
    folder.receipt().start(progress(0))
    first, second = folder.read()["attempts"]
    assert first["exit"]["reason"].startswith("ended without a word")
    assert second["exit"]["reason"] == "running"


def test_a_refusal_before_training(folder: Folder) -> None:
    folder.receipt(data=None, plan=None).refuse("refused: the lint found errors", 1)
    tree = valid(folder.read())
    assert tree["exit"] == {"code": 1, "reason": "refused: the lint found errors"}
    assert {"check": "data", "why": "the run ended before it"} in tree["checks_not_run"]


def test_a_refusal_leaves_the_receipt_of_a_run_alone(folder: Folder, progress: Make) -> None:
    receipt = folder.receipt()
    receipt.start(progress(0))
    folder.weights()
    receipt.finish(progress(100), Exit(0, "finished"))
    before = folder.read()
    folder.receipt().finish(progress(0), Exit(2, "refused: out is not empty"))
    assert folder.read() == before
    assert valid(folder.read("receipt.refused.json"))["exit"]["code"] == 2


def test_a_refused_resume_keeps_what_the_run_had(folder: Folder, progress: Make) -> None:
    receipt = folder.receipt()
    receipt.start(progress(0))
    receipt.finish(progress(50), Exit(143, "interrupted: SIGTERM"))
    again = folder.receipt()
    again.start(progress(0))
    again.finish(progress(0), Exit(2, "refused: --resume: this is not the run"))
    tree = valid(folder.read())
    assert tree["steps"]["done"] == 50
    assert tree["exit"]["code"] == 143
    assert [one["exit"]["code"] for one in tree["attempts"]] == [143, 2]


def test_another_process_finishes_and_amends(folder: Folder, progress: Make) -> None:
    receipt = folder.receipt()
    name, arguments = receipt.handover()
    assert name == "gliner_audit.runner.receipt:restore"
    other = restore(**json.loads(json.dumps(arguments)))
    other.start(progress(20))
    receipt.amend(Exit(7, "failed: rank 1: out of memory"))
    tree = valid(folder.read())
    assert tree["exit"]["code"] == tree["attempts"][-1]["exit"]["code"] == 7
    assert tree["steps"]["done"] == 20


def test_amending_where_nothing_was_written(folder: Folder) -> None:
    folder.receipt().amend(Exit(7, "failed: the processes ended with 1"))
    assert valid(folder.read())["exit"]["code"] == 7


def test_a_full_disk_is_said_at_the_end_and_leaves_the_old_receipt(
    folder: Folder, progress: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt = folder.receipt()
    receipt.start(progress(10))
    before = folder.read()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    receipt.checkpoint(progress(20))
    assert capsys.readouterr().err == ""
    receipt.finish(progress(30), Exit(0, "finished"))
    assert "could not be written: No space left on device" in capsys.readouterr().err
    assert folder.read() == before
    assert list(folder.out.glob(".receipt*")) == []


def test_a_folder_that_cannot_be_made(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.out.write_text("a file", encoding="utf-8")
    folder.receipt().refuse("refused: out is a file", 2)
    assert "could not be written" in capsys.readouterr().err


def test_without_a_folder_nothing_is_written(folder: Folder) -> None:
    Receipt(None, folder.facts()).refuse("refused: the lint found errors", 1)
    assert sorted(path.name for path in folder.root.iterdir()) == ["config.yaml", "train.jsonl"]


KILLED = """
import os, sys
from gliner_audit.runner.protocols import Progress
from gliner_audit.runner.receipt import restore
import json
arguments = json.load(open(sys.argv[1]))
receipt = restore(**arguments)
receipt.start(Progress(notes=["x" * 1000] * 60))
print("started", flush=True)
step = 0
while True:
    step += 1
    receipt.checkpoint(Progress(steps_done=step, notes=[str(step) * 100] * 60))
"""


def test_a_kill_at_any_moment_leaves_a_whole_receipt(folder: Folder, tmp_path: Path) -> None:
    handed = tmp_path / "handed.json"
    handed.write_text(json.dumps(folder.receipt().handover()[1]), encoding="utf-8")
    for attempt in range(4):
        child = subprocess.Popen([sys.executable, "-c", KILLED, str(handed)], stdout=subprocess.PIPE)
        assert child.stdout is not None
        assert child.stdout.readline() == b"started\n"
        time.sleep(0.02 + 0.013 * attempt)
        child.kill()
        child.wait()
        child.stdout.close()
        tree = valid(folder.read())
        assert tree["exit"]["reason"] == "running"
        assert len(tree["attempts"]) == attempt + 1


def test_a_receipt_stays_small(folder: Folder, progress: Make) -> None:
    folder.config.write_text("# " + "long comment " * 20000 + "\n" + folder.config.read_text(), encoding="utf-8")
    receipt = folder.receipt()
    receipt.start(progress(0))
    keys = [row(f"training.key{index}", "v" * 900, set=index < 20) for index in range(400)]
    losses = [{"step": step, "loss": 1.0 / step} for step in range(1, 60000)]
    receipt.finish(progress(100, keys=keys, losses=losses, notes=["n" * 1500] * 300), Exit(0, "finished"))
    assert (folder.out / "receipt.json").stat().st_size <= LARGEST
    tree = valid(folder.read())
    assert tree["losses"][0]["step"] == 1
    assert tree["losses"][-1]["step"] == 59999
    assert [one["key"] for one in tree["keys"]][:20] == [f"training.key{index}" for index in range(20)]
    assert tree["config"]["text"] is None
    assert len(tree["config"]["sha256"]) == 64
    assert tree["left_out"]


def test_numbers_that_json_lacks_become_text(folder: Folder, progress: Make) -> None:
    receipt = folder.receipt()
    receipt.start(progress(0))
    losses = [{"step": 1.0, "loss": float("nan")}, {"step": 2.0, "loss": float("inf")}]
    receipt.finish(progress(2, losses=losses), Exit(7, "failed: the loss is not finite"))
    assert [one["loss"] for one in valid(folder.read())["losses"]] == ["nan", "inf"]


def test_git_is_recorded_with_what_is_not_committed(folder: Folder, progress: Make) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=n", "-c", "user.email=e@x", *arguments], cwd=folder.root, check=True, stdout=-3
        )

    git("init", "-q")
    git("add", "config.yaml")
    git("commit", "-qm", "c")
    folder.receipt().start(progress(0))
    clean_tree = valid(folder.read())["git"]
    assert (clean_tree["dirty"], clean_tree["diff_sha256"]) == (False, None)
    folder.config.write_text(folder.config.read_text() + "# more\n", encoding="utf-8")
    folder.receipt().start(progress(0))
    dirty = valid(folder.read())["git"]
    assert dirty["dirty"]
    assert len(dirty["diff_sha256"]) == 64
    assert dirty["commit"] == clean_tree["commit"]


@pytest.mark.parametrize(
    ("value", "key", "expected"),
    [
        ({"hub_token": "abc"}, "", {"hub_token": "[redacted]"}),
        ({"key": "training.api_key", "planned": 12345}, "", {"key": "training.api_key", "planned": "[redacted]"}),
        ({"hub_token": None, "eos_token": "</s>"}, "", {"hub_token": None, "eos_token": "</s>"}),
        ((1, {2}), "", [1, [2]]),
        (float("-inf"), "", "-inf"),
        ("\ud800", "", "\\ud800"),
    ],
)
def test_values_as_the_receipt_holds_them(value: Any, key: str, expected: Any) -> None:
    assert clean(value, key) == expected
