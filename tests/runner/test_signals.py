"""Signals in every phase: a checkpoint within a step, a receipt, 143 or 130, and a resume that ends as the whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from gliner_audit.runner import callbacks, model, rehearsal, signals, train, trainer
from gliner_audit.runner.plan_types import RunPlan
from gliner_audit.runner.tiny import TinyKit
from support import make_plan, run, same_tensors

pytestmark = pytest.mark.train

ARGS = {"max_steps": 8, "save_steps": 100, "eval_strategy": "steps", "eval_steps": 5, "save_strategy": "steps"}

# Where the signal comes: an object, the function of it that is about to be called, and at which call.
POINTS: dict[str, tuple[Any, str, Callable[..., bool]]] = {
    "load": (model, "freeze", lambda *a, **k: True),
    "rehearsal": (rehearsal, "_save_and_reload", lambda *a, **k: True),
    "step": (callbacks.Pilot, "on_step_begin", lambda self, args, state, control, **k: state.global_step == 3),
    "evaluate": (callbacks.Pilot, "on_prediction_step", lambda self, args, state, control, **k: state.global_step == 5),
    "score": (trainer, "span_scores", lambda *a, **k: True),
    "save": (trainer.RunTrainer, "_save_unmerged", lambda *a, **k: True),
    "final": (train, "_finish", lambda *a, **k: True),
}


@pytest.fixture(scope="module")
def whole(deberta: TinyKit, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("signals") / "whole"
    assert run(make_plan(deberta, output, evaluate=True, args=ARGS), rehearse=False).code == 0
    return output


def signal_at(monkeypatch: pytest.MonkeyPatch, point: str, signum: int) -> None:
    owner, name, when = POINTS[point]
    inner = getattr(owner, name)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if when(*args, **kwargs):
            os.kill(os.getpid(), signum)
        return inner(*args, **kwargs)

    monkeypatch.setattr(owner, name, wrapped)


@pytest.mark.parametrize(
    ("point", "signum", "step"),
    [
        ("step", signal.SIGTERM, 4),
        ("step", signal.SIGINT, 4),
        ("evaluate", signal.SIGTERM, 5),
        ("score", signal.SIGINT, 5),
        ("save", signal.SIGTERM, 3),
    ],
)
def test_a_signal_while_training(
    point: str, signum: int, step: int, deberta: TinyKit, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = {"save_steps": 3} if point == "save" else {}
    plan = make_plan(deberta, tmp_path / "out", evaluate=True, args={**ARGS, **more})
    with monkeypatch.context() as patch:
        signal_at(patch, point, signum)
        result = run(plan, rehearse=False)
    assert result.code == 128 + signum, result.text
    assert result.receipt["exit"] == {"code": result.code, "reason": f"interrupted: {signal.Signals(signum).name}"}
    assert result.receipt["last_checkpoint"].endswith(f"checkpoint-{step}")
    assert "--resume" in result.text
    resumed = run(plan, resume=True, rehearse=False)
    assert resumed.code == 0, resumed.text
    assert resumed.receipt["from_step"] == step
    assert same_tensors(tmp_path / "out" / "pytorch_model.bin", whole / "pytorch_model.bin")
    assert ("step 5: evaluation" in resumed.text) == (step <= 5), "an evaluation that was cut off is made up for"


@pytest.mark.parametrize("point", ["load", "rehearsal"])
def test_a_signal_before_training(
    point: str, deberta: TinyKit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signal_at(monkeypatch, point, signal.SIGTERM)
    result = run(make_plan(deberta, tmp_path / "out", args={"max_steps": 4}))
    assert result.code == 143
    assert result.receipt["exit"]["reason"] == "interrupted: SIGTERM"
    assert result.receipt["last_checkpoint"] is None
    assert "nothing to save yet" in result.text
    assert not (tmp_path / "out" / ".rehearsal").exists()


def test_a_signal_during_the_final_save_does_not_cost_the_model(
    deberta: TinyKit, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signal_at(monkeypatch, "final", signal.SIGTERM)
    result = run(make_plan(deberta, tmp_path / "out", evaluate=True, args=ARGS), rehearse=False)
    assert result.code == 143
    assert same_tensors(tmp_path / "out" / "pytorch_model.bin", whole / "pytorch_model.bin")


def test_the_handlers_of_the_caller_come_back(deberta: TinyKit, tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    run(make_plan(deberta, tmp_path / "out", args={"learning_rate": "fast"}))
    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before


def start(plan: RunPlan, folder: Path) -> subprocess.Popen[str]:
    """The run in a process group of its own."""
    (folder / "plan.json").write_text(json.dumps(plan.to_json()))
    script = (
        "import json, sys; from support import run; from gliner_audit.runner.plan_types import RunPlan\n"
        "sys.exit(run(RunPlan.from_json(json.load(open(sys.argv[1]))), rehearse=False).code)"
    )
    argv = [sys.executable, "-c", script, str(folder / "plan.json")]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(argv, start_new_session=True, text=True, **quiet)


def wait_for(path: Path, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 120
    while not path.exists():
        assert process.poll() is None, "the run ended too early"
        assert time.monotonic() < deadline
        time.sleep(0.002)


@pytest.mark.parametrize(("signum", "reason"), [(signal.SIGTERM, "interrupted: SIGTERM"), (signal.SIGKILL, "running")])
def test_a_signal_to_the_whole_group(signum: int, reason: str, deberta: TinyKit, tmp_path: Path) -> None:
    """Data workers get it too. SIGKILL leaves a receipt that says "running", and complete checkpoints."""
    args = {"max_steps": 400, "save_steps": 3, "save_total_limit": 3, "dataloader_num_workers": 2}
    plan = make_plan(deberta, tmp_path / "out", args=args)
    process = start(plan, tmp_path)
    wait_for(tmp_path / "out" / "checkpoint-6", process)
    os.killpg(process.pid, signum)
    assert process.wait(timeout=60) == (143 if signum == signal.SIGTERM else -signum)
    receipt = json.loads((tmp_path / "out" / "receipt.json").read_text())
    assert receipt["exit"]["reason"] == reason
    done = receipt["steps_done"]
    shorter = make_plan(deberta, tmp_path / "out", args={**args, "max_steps": done + 8, "save_steps": 100})
    resumed = run(shorter, resume=True, force=True, rehearse=False)
    assert resumed.code == 0, resumed.text
    assert resumed.receipt["from_step"] >= 3
    if signum == signal.SIGTERM:
        assert resumed.receipt["from_step"] == done


def test_a_process_that_is_stuck_in_a_call_has_its_last_word(tmp_path: Path) -> None:
    words, ready = tmp_path / "words", tmp_path / "ready"
    process = subprocess.Popen([sys.executable, str(Path(__file__).with_name("stuck.py")), str(words), str(ready)])
    try:
        wait_for(ready, process)
        time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        wait_for(words, process)
        assert words.read_text() == str(int(signal.SIGTERM))
        assert process.poll() is None
    finally:
        process.kill()
        process.wait()


def test_a_run_that_ends_by_itself_leaves_the_last_word_unsaid() -> None:
    said: list[int] = []
    watch = signals.Watch(grace=0.05)
    watch.deferred, watch.last_words = True, said.append
    with watch.installed():
        os.kill(os.getpid(), signal.SIGTERM)
        watch.conclude()
        time.sleep(0.2)
    assert watch.signum == signal.SIGTERM
    assert said == []
    assert signal.set_wakeup_fd(-1) == -1, "given back"
