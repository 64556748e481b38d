"""A resumed run is the same run: weights, optimizer and losses to the bit, at any step, in another process too."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from gliner_audit.runner.tiny import TinyKit
from support import Result, losses, make_plan, run, same_tensors

pytestmark = pytest.mark.train

# 96 examples in batches of 8: 12 steps an epoch (6 with accumulation 2); none of these ends one.
POINTS = (2, 5, 8)


@pytest.fixture(
    scope="module", params=[(0, 1), (0, 2), (2, 1), (2, 2)], ids=lambda p: f"workers{p[0]}-accumulation{p[1]}"
)
def whole(request: pytest.FixtureRequest, deberta: TinyKit, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """An uninterrupted run with a checkpoint at every step, and its settings."""
    workers, accumulation = request.param
    args = {
        "dataloader_num_workers": workers,
        "gradient_accumulation_steps": accumulation,
        "save_steps": 1,
        "max_steps": 10,
        "lr_scheduler_type": "cosine",
        "warmup_ratio": 0.2,
        "weight_decay": 0.01,
    }
    model = {"max_neg_type_ratio": 3}
    output = tmp_path_factory.mktemp("whole") / "out"
    result = run(make_plan(deberta, output, args=args, model=model))
    assert result.code == 0, result.text
    return result, args, model


def cut(result: Result, step: int, folder: Path) -> Path:
    """The folder as a run that was killed after `step` leaves it."""
    output = folder / "out"
    shutil.copytree(result.output, output)
    for entry in output.iterdir():
        if entry.name.startswith("checkpoint-") and int(entry.name.rpartition("-")[2]) > step:
            shutil.rmtree(entry)
        elif entry.is_file():
            entry.unlink()
    return output


@pytest.mark.parametrize("step", POINTS)
def test_a_resumed_run_ends_as_the_whole_one(whole: Any, step: int, deberta: TinyKit, tmp_path: Path) -> None:
    result, args, model = whole
    output = cut(result, step, tmp_path)
    resumed = run(make_plan(deberta, output, args=args, model=model), resume=True, rehearse=step == POINTS[0])
    assert resumed.code == 0, resumed.text
    assert resumed.receipt["from_step"] == step
    assert same_tensors(output / "pytorch_model.bin", result.output / "pytorch_model.bin")
    last = "checkpoint-10/optimizer.pt"
    assert same_tensors(output / last, result.output / last)
    before, after = losses(result.receipt), losses(resumed.receipt)
    assert sorted(after) == list(range(step + 1, 11))
    assert after == {key: before[key] for key in after}


def test_the_number_of_workers_does_not_change_the_run(deberta: TinyKit, tmp_path: Path) -> None:
    runs = [
        run(make_plan(deberta, tmp_path / str(workers), args={"dataloader_num_workers": workers, "max_steps": 4}))
        for workers in (0, 2)
    ]
    assert losses(runs[0].receipt) == losses(runs[1].receipt)


def test_resume_in_a_process_with_other_string_hashes(deberta: TinyKit, tmp_path: Path) -> None:
    """GLiNER orders types by iterating over sets of strings, whose hashes differ from process to process."""
    plan = make_plan(
        deberta, tmp_path / "whole", args={"save_steps": 1, "max_steps": 6}, model={"max_neg_type_ratio": 3}
    )
    whole = run(plan)
    other = cut(whole, 3, tmp_path)
    tree = {**plan.to_json(), "data": {**plan.data, "output_dir": str(other)}}
    (tmp_path / "plan.json").write_text(json.dumps(tree))
    script = (
        "import json, sys; from support import run; from gliner_audit.runner.plan_types import RunPlan\n"
        "sys.exit(run(RunPlan.from_json(json.load(open(sys.argv[1]))), resume=True).code)"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "4711"}
    argv = [sys.executable, "-c", script, str(tmp_path / "plan.json")]
    subprocess.run(argv, env=environment, check=True, timeout=120, capture_output=True)
    assert same_tensors(other / "pytorch_model.bin", whole.output / "pytorch_model.bin")


def test_plain_random_stream_is_an_opt_out_and_not_exact(deberta: TinyKit, tmp_path: Path) -> None:
    plan = make_plan(
        deberta, tmp_path / "whole", args={"save_steps": 1, "max_steps": 6}, model={"max_neg_type_ratio": 3}
    )
    whole = run(plan, exact_resume=False)
    assert whole.code == 0, whole.text
    assert whole.receipt["determinism"]["random_stream"] == "plain Trainer"
    output = cut(whole, 3, tmp_path)
    resumed = run(
        make_plan(deberta, output, args={"save_steps": 1, "max_steps": 6}, model={"max_neg_type_ratio": 3}),
        resume=True,
        exact_resume=False,
    )
    assert resumed.code == 0, resumed.text
    assert not same_tensors(output / "pytorch_model.bin", whole.output / "pytorch_model.bin")
