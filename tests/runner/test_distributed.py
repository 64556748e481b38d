"""Two processes under torch's elastic launcher, on the CPU with gloo."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from gliner_audit.runner import launch
from gliner_audit.runner.errors import RunError
from gliner_audit.runner.plan_types import RunOptions, RunPlan
from gliner_audit.runner.tiny import TinyKit
from plain_receipt import PlainReceipt
from support import losses, make_plan, run, same_tensors

pytestmark = pytest.mark.train

ARGS = {"max_steps": 6, "save_steps": 3, "per_device_train_batch_size": 16, "eval_strategy": "steps", "eval_steps": 3}


def test_two_processes_train_one_model_and_resume_exactly(deberta: TinyKit, tmp_path: Path) -> None:
    plan = make_plan(
        deberta, tmp_path / "out", evaluate=True, args={**ARGS, "save_steps": 2, "dataloader_num_workers": 1}
    )
    whole = run(plan, nproc=2, rehearse=False)
    assert whole.code == 0, whole.text
    assert whole.receipt["world_size"] == 2
    assert whole.receipt["determinism"]["ranks_agree"] is True
    assert "eval_f1" in whole.receipt["metrics"]
    model = (whole.output / "pytorch_model.bin").rename(tmp_path / "whole.bin")
    for file in (whole.output / "checkpoint-6").iterdir():
        file.unlink()
    resumed = run(plan, nproc=2, resume=True, rehearse=False)
    assert resumed.code == 0, resumed.text
    assert resumed.receipt["from_step"] == 4, "in the midst of the second epoch"
    assert same_tensors(resumed.output / "pytorch_model.bin", model)
    before, after = losses(whole.receipt), losses(resumed.receipt)
    assert after == {step: before[step] for step in (5, 6)}
    alone = run(plan, resume=True)
    assert alone.code == 2
    assert "world_size was 2, is 1" in alone.text


def test_a_signal_reaches_all_processes(deberta: TinyKit, tmp_path: Path) -> None:
    plan = make_plan(deberta, tmp_path / "out", args={"max_steps": 4000, "save_steps": 5, "save_total_limit": 2})
    told = threading.Event()

    def tell() -> None:
        deadline = time.monotonic() + 120
        while not (tmp_path / "out" / "checkpoint-5").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        told.set()
        os.kill(os.getpid(), signal.SIGTERM)

    watcher = threading.Thread(target=tell)
    watcher.start()
    result = run(plan, nproc=2, rehearse=False)
    watcher.join()
    assert result.code == 143, result.text
    assert result.receipt["exit"]["reason"] == "interrupted: SIGTERM"
    last = Path(result.receipt["last_checkpoint"])
    assert (last / "complete.json").is_file()
    assert result.receipt["steps_done"] == int(last.name.rpartition("-")[2])


def test_one_process_fails_and_all_end_with_its_reason(deberta: TinyKit, tmp_path: Path) -> None:
    result = run(
        make_plan(deberta, tmp_path / "out", args={"learning_rate": 1e30, "others_lr": 1e30}), nproc=2, rehearse=False
    )
    assert result.code == 7
    assert result.receipt["exit"]["code"] == 7
    assert "the loss is" in result.receipt["exit"]["reason"]


def test_another_process_of_the_users_own_torchrun_dies(deberta: TinyKit, tmp_path: Path) -> None:
    """Rank 0 learns of it by a broken exchange or by the launcher's SIGTERM; its receipt must not say "running"."""
    config = {
        "model": {"model_name": str(deberta.encoder), "span_mode": "markerV0", "max_width": 4, "hidden_size": 32},
        "data": {"root_dir": "out", "train_data": str(deberta.train)},
        "training": {"max_steps": 4000, "per_device_train_batch_size": 8, "save_steps": 5, "save_total_limit": 1},
    }
    (tmp_path / "c.yaml").write_text(json.dumps(config))
    command = [*(sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2")]
    command += ["-m", "gliner_audit", "run", "c.yaml", "--device", "cpu"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    group = subprocess.Popen(command, cwd=tmp_path, start_new_session=True, **quiet)
    try:
        deadline = time.monotonic() + 120
        while not (tmp_path / "out" / "checkpoint-5").exists():
            assert group.poll() is None, "the group ended too early"
            assert time.monotonic() < deadline
            time.sleep(0.05)
        os.kill(_rank(1, group.pid), signal.SIGKILL)
        assert group.wait(timeout=60) != 0
    finally:
        if group.poll() is None:
            os.killpg(group.pid, signal.SIGKILL)
    end = json.loads((tmp_path / "out" / "receipt.json").read_text())["exit"]
    assert end["code"] in (7, 143)
    assert end["reason"].startswith(("failed: ", "interrupted: SIGTERM"))


def _rank(number: int, launcher: int) -> int:
    """The process id of a rank that the launcher started."""
    for place in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == launcher and f"\0RANK={number}\0" in (place / "environ").read_text():
                return int(place.name)
        except (OSError, ValueError):
            continue
    raise AssertionError(f"no rank {number}")


def test_a_batch_that_one_process_cannot_hold_is_skipped_by_all(
    deberta: TinyKit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rank 1 runs out of memory in its second batch; alone, rank 0 would wait for its gradients for ever."""
    way = "no_memory:open_receipt", {"folder": str(tmp_path / "out")}
    monkeypatch.setattr(PlainReceipt, "handover", lambda self: way)
    plan = make_plan(deberta, tmp_path / "out", args={"max_steps": 5})
    result = run(plan, nproc=2, skipped_batches=1, rehearse=False)
    assert result.code == 0, result.text
    assert result.receipt["counts"]["skipped_batches"] == 1
    assert result.receipt["steps_done"] == 5
    assert result.receipt["determinism"]["ranks_agree"] is True


def test_the_launcher_that_starts_too_few_is_found_out(
    deberta: TinyKit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A launcher may promise two processes and start one, as accelerate does on the CPU."""
    monkeypatch.setenv("RANK", "0")
    monkeypatch.setenv("WORLD_SIZE", "1")
    result = run(make_plan(deberta, tmp_path / "out"), nproc=2)
    assert result.code == 2
    assert "2 processes were asked for, 1 came together" in result.text


def test_the_command_line() -> None:
    job = Path("job.json")
    argv = launch.command(RunOptions(nproc=2), job)
    assert argv[1:4] == ["-m", "torch.distributed.run", "--standalone"]
    assert argv[4:6] == ["--nproc-per-node", "2"]
    several = launch.command(RunOptions(nproc=8, nnodes="2", rdzv_endpoint="first:29500"), job)
    assert several[several.index("--rdzv-endpoint") + 1] == "first:29500"
    assert several[several.index("--nnodes") + 1] == "2"
    with pytest.raises(RunError, match="needs --rdzv-endpoint"):
        launch.command(RunOptions(nproc=8, nnodes="2"), job)
    assert launch.needs_group(RunOptions(nproc=2), {})
    assert not launch.needs_group(RunOptions(nproc=2), {"RANK": "0"})
    assert not launch.needs_group(RunOptions(), {})


def test_a_plan_survives_the_way_to_the_workers(deberta: TinyKit, tmp_path: Path) -> None:
    plan = make_plan(deberta, tmp_path / "out", evaluate=True, lora={"r": 4}, freeze=("decoder",))
    assert RunPlan.from_json(json.loads(json.dumps(plan.to_json()))) == RunPlan.from_json(plan.to_json())
    assert RunPlan.from_json(plan.to_json()) == plan
