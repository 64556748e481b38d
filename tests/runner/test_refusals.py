"""One clear error each, the documented exit code, no traceback, and a receipt that says so."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from gliner_audit.runner.tiny import TinyKit
from support import Result, make_plan, run

pytestmark = pytest.mark.train


def refused(result: Result, code: int, words: str) -> None:
    assert result.code == code, result.text
    assert words in result.text
    assert result.text.count("error:") == 1
    assert "Traceback" not in result.text
    assert result.receipt["exit"]["code"] == code


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"args": {"learning_rte": 1e-3}}, 1, "learning_rte"),
        ({"args": {"eval_strategy": "sometimes"}}, 1, "sometimes"),
        ({"args": {"eval_strategy": "steps"}}, 1, "eval_strategy"),
        ({"args": {"fp16": True}}, 1, "fp16: true changes nothing on the CPU"),
        ({"args": {"report_to": "wandbb"}}, 2, "'wandbb' is no tracker"),
        ({"args": {"report_to": ["comet_ml"]}}, 2, "comet_ml is not installed"),
        ({"model": {"span_mode": "token-level"}}, 1, "token-level"),
        ({"model": {"model_name": "./not/there"}}, 2, "./not/there: no such folder"),
        ({"model": {"model_name": "nobody/nothing"}}, 2, "not in the local cache"),
        ({"freeze": ("encoder",)}, 1, "it has text_encoder"),
        ({"prev_path": "./no/model"}, 2, "./no/model: no such folder"),
    ],
)
def test_a_plan_that_cannot_run(
    change: dict[str, Any], code: int, words: str, deberta: TinyKit, tmp_path: Path
) -> None:
    refused(run(make_plan(deberta, tmp_path / "out", **change)), code, words)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "no such file"),
        ("", "no example in it"),
        ("{not json", "not GLiNER training data"),
        ("[1, 2]", "not GLiNER training data"),
    ],
)
def test_data_that_are_not_there(content: str | None, words: str, deberta: TinyKit, tmp_path: Path) -> None:
    train = tmp_path / "train.json"
    if content is not None:
        train.write_text(content)
    refused(run(make_plan(TinyKit(deberta.encoder, train, deberta.eval), tmp_path / "out")), 2, words)


def test_a_device_that_is_not_there(deberta: TinyKit, tmp_path: Path) -> None:
    import torch

    if torch.cuda.is_available():
        pytest.skip("there is a CUDA device here")
    refused(run(make_plan(deberta, tmp_path / "out"), device="cuda"), 2, "torch sees no CUDA device here")


def test_a_learning_rate_that_is_a_text(deberta: TinyKit, tmp_path: Path) -> None:
    result = run(make_plan(deberta, tmp_path / "out", args={"learning_rate": "1e-3", "others_lr": None}))
    assert result.code in (1, 6)
    assert "Traceback" not in result.text


@pytest.mark.parametrize(
    ("optim", "rate", "words", "kept"),
    [
        ("adamw_torch", 1e30, "the loss is ", ["checkpoint-1"]),
        ("sgd", 3e38, "step 1: weights are not finite", []),
    ],
    ids=["the next loss", "the weights"],
)
def test_what_is_not_finite_ends_the_run(
    optim: str, rate: float, words: str, kept: list[str], deberta: TinyKit, tmp_path: Path
) -> None:
    """3e38 times a gradient is more than float32 can hold: such weights stand behind a loss that was finite."""
    args = {"optim": optim, "learning_rate": rate, "others_lr": rate, "save_steps": 1, "max_grad_norm": 0.0}
    plan = make_plan(deberta, tmp_path / "out", args=args)
    result = run(plan, rehearse=False)
    assert result.code == 7
    assert words in result.text
    assert result.receipt["exit"]["reason"].startswith("failed: step ")
    assert result.receipt["steps_done"] < 12
    assert sorted(path.name for path in (tmp_path / "out").glob("checkpoint-*")) == kept
    assert not (tmp_path / "out" / "pytorch_model.bin").exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MiB: room for a checkpoint or two, not for all."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = shutil.which("mount")
    done = (
        subprocess.run([command, "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], capture_output=True)
        if command
        else None
    )
    if done is None or done.returncode:
        pytest.skip("a full disk cannot be had here: mounting a tmpfs is not allowed")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_disk_that_fills_up(small_disk: Path, deberta: TinyKit, tmp_path: Path) -> None:
    args = {"max_steps": 8, "save_steps": 1, "eval_strategy": "no"}
    plan = make_plan(deberta, small_disk / "out", args=args)
    result = run(plan, rehearse=False)
    assert result.code == 7, result.text
    assert "is full" in result.text
    assert "Traceback" not in result.text
    assert "is full" in result.receipt["exit"]["reason"]
    last = max((f for f in (small_disk / "out").glob("checkpoint-*/complete.json")), key=lambda f: f.stat().st_mtime)
    kept = int(last.parent.name.rpartition("-")[2])
    for folder in (small_disk / "out").glob("checkpoint-*"):
        if int(folder.name.rpartition("-")[2]) < kept:
            shutil.rmtree(folder)
    resumed = run(
        make_plan(deberta, small_disk / "out", args={**args, "save_total_limit": 1}), resume=True, rehearse=False
    )
    assert resumed.code == 0, resumed.text
    assert resumed.receipt["from_step"] == kept


def test_a_disk_without_room_for_one_model_is_found_in_rehearsal(small_disk: Path, deberta: TinyKit) -> None:
    (small_disk / "filler").write_bytes(b"\0" * (3 * 2**20 - 300_000))
    result = run(make_plan(deberta, small_disk / "out"))
    assert result.code == 6, result.text
    assert "save, reload and predict" in result.text
