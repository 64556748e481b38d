"""When a run may not go on, and which checkpoint it goes on from."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from gliner_audit.runner import checkpoint, resume
from gliner_audit.runner.plan_types import RunPlan
from gliner_audit.runner.tiny import TinyKit
from support import Result, make_plan, run, same_tensors

pytestmark = pytest.mark.train

ARGS = {"max_steps": 6, "save_steps": 2}


@pytest.fixture(scope="module")
def finished(deberta: TinyKit, tmp_path_factory: pytest.TempPathFactory) -> Result:
    """A finished run with checkpoints at 2, 4 and 6."""
    return run(make_plan(deberta, tmp_path_factory.mktemp("guard") / "out", args=ARGS), rehearse=False)


@pytest.fixture
def killed(finished: Result, tmp_path: Path) -> Path:
    """Its folder without the end."""
    output = tmp_path / "out"
    shutil.copytree(finished.output, output)
    shutil.rmtree(output / "checkpoint-6")
    for name in ("pytorch_model.bin", "gliner_config.json"):
        (output / name).unlink()
    return output


def again(kit: TinyKit, output: Path, **more: object) -> RunPlan:
    args = {**ARGS, **dict(more.pop("args", {}))}  # type: ignore[call-overload]
    return make_plan(kit, output, args=args, **more)


def test_a_second_run_into_the_same_folder_is_refused(deberta: TinyKit, killed: Path) -> None:
    result = run(again(deberta, killed))
    assert result.code == 2
    assert "is not empty" in result.text
    assert "--resume" in result.text


def test_a_lone_receipt_does_not_make_a_folder_full(deberta: TinyKit, tmp_path: Path) -> None:
    output = tmp_path / "out"
    output.mkdir()
    (output / "receipt.json").write_text("{}")
    assert run(again(deberta, output), rehearse=False).code == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"args": {"learning_rate": 1e-4}}, "args.learning_rate was 0.002, is 0.0001"),
        ({"model": {"max_types": 4}}, "model.max_types was 10, is 4"),
        ({"seed": 4}, "seed was 3, is 4"),
        ({"freeze": ("text_encoder",)}, "freeze was [], is ['text_encoder']"),
    ],
)
def test_a_changed_config_is_refused_and_force_is_recorded(
    change: dict[str, object], words: str, deberta: TinyKit, killed: Path
) -> None:
    refused = run(again(deberta, killed, **change), resume=True)
    assert refused.code == 2
    assert words in refused.text
    if "freeze" in change:
        return
    forced = run(again(deberta, killed, **change), resume=True, force=True, rehearse=False)
    assert forced.code == 0, forced.text
    assert words in " ".join(forced.receipt["forced"])


def test_settings_that_only_watch_may_change(deberta: TinyKit, killed: Path, finished: Result) -> None:
    args = {"logging_steps": 3, "save_steps": 5, "dataloader_num_workers": 1, "save_total_limit": 3}
    result = run(again(deberta, killed, args=args), resume=True, rehearse=False)
    assert result.code == 0, result.text
    assert same_tensors(killed / "pytorch_model.bin", finished.output / "pytorch_model.bin")


def test_changed_data_under_the_same_path_are_refused(deberta: TinyKit, killed: Path, tmp_path: Path) -> None:
    train = tmp_path / "train.jsonl"
    lines = deberta.train.read_text().splitlines()
    train.write_text("\n".join(reversed(lines)))
    plan = again(deberta, killed)
    moved = RunPlan.from_json({**plan.to_json(), "data": {**plan.data, "train": str(train)}})
    result = run(moved, resume=True)
    assert result.code == 2
    assert "data.train was" in result.text


def test_other_versions_are_refused(deberta: TinyKit, killed: Path) -> None:
    marker = killed / "checkpoint-4" / checkpoint.MARKER
    tree = json.loads(marker.read_text())
    tree["identity"]["versions"]["torch"] = "1.0"
    marker.write_text(json.dumps(tree))
    result = run(again(deberta, killed), resume=True)
    assert result.code == 2
    assert "versions.torch was 1.0" in result.text


def _flip(folder: Path) -> None:
    file = folder / "optimizer.pt"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda folder: (folder / checkpoint.MARKER).unlink(), "it was not finished"),
        (lambda folder: (folder / "scheduler.pt").unlink(), "scheduler.pt is missing"),
        (lambda folder: (folder / checkpoint.MARKER).write_text("{"), "its complete.json cannot be read"),
        (_flip, "optimizer.pt is not what was written"),
    ],
    ids=["no-marker", "missing-file", "half-marker", "one-bit"],
)
def test_a_checkpoint_that_is_not_whole_is_skipped(
    harm: Callable[[Path], object], words: str, deberta: TinyKit, killed: Path, finished: Result
) -> None:
    harm(killed / "checkpoint-4")
    result = run(again(deberta, killed), resume=True, rehearse=False)
    assert result.code == 0, result.text
    assert f"checkpoint-4 is skipped: {words}" in " ".join(result.text.split())
    assert result.receipt["from_step"] == 2
    assert same_tensors(killed / "pytorch_model.bin", finished.output / "pytorch_model.bin")


def test_nothing_to_resume(deberta: TinyKit, tmp_path: Path) -> None:
    result = run(again(deberta, tmp_path / "none"), resume=True)
    assert result.code == 2
    assert "holds no run" in result.text


def test_a_run_that_had_ended_is_only_saved_again(deberta: TinyKit, finished: Result, tmp_path: Path) -> None:
    output = tmp_path / "out"
    shutil.copytree(finished.output, output)
    (output / "pytorch_model.bin").unlink()
    result = run(again(deberta, output), resume=True, rehearse=False)
    assert result.code == 0, result.text
    assert result.receipt["from_step"] == 6
    assert same_tensors(output / "pytorch_model.bin", finished.output / "pytorch_model.bin")


def test_differences_name_each_leaf() -> None:
    old = {"args": {"a": 1, "b": [1, 2]}, "lora": None, "data": {"train": "0" * 64}}
    new = {"args": {"a": 1, "b": [1, 3], "c": 0}, "lora": {"r": 8}, "data": {"train": "1" * 64}}
    assert resume.differences(old, old) == []
    assert resume.differences(old, new) == [
        "args.b was [1, 2], is [1, 3]",
        "args.c was not set, is 0",
        "data.train was 000000000000…, is 111111111111…",
        "lora was None, is not set",
        "lora.r was not set, is 8",
    ]


def test_rotation_keeps_the_newest_and_the_best(tmp_path: Path) -> None:
    for step in (2, 4, 10, 12):
        (tmp_path / f"checkpoint-{step}").mkdir()
    gone = checkpoint.rotate(tmp_path, 2, str(tmp_path / "checkpoint-4"))
    assert gone == ["checkpoint-2", "checkpoint-10"]
    assert checkpoint.rotate(tmp_path, None, None) == []
    assert checkpoint.rotate(tmp_path, 1, None) == ["checkpoint-4"]
