"""Training from scratch and from a model, freezing, evaluation, precision; and a saved model that predicts the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from gliner_audit.runner.tiny import TinyKit
from support import losses, make_plan, run

pytestmark = pytest.mark.train


@pytest.mark.parametrize("architecture", ["deberta", "bert"])
def test_from_scratch_the_loss_falls_by_half(architecture: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    kit: TinyKit = request.getfixturevalue(architecture)
    args = {"max_steps": 120, "learning_rate": 3e-3, "others_lr": 3e-3, "save_steps": 120, "logging_steps": 10}
    plan = make_plan(kit, tmp_path / "out", evaluate=True, args={**args, "eval_strategy": "steps", "eval_steps": 60})
    result = run(plan)
    assert result.code == 0, result.text
    curve = list(losses(result.receipt).values())
    assert curve[-1] < curve[0] / 2
    assert result.receipt["steps_done"] == result.receipt["steps_planned"] == 120
    assert result.receipt["exit"] == {"code": 0, "reason": "finished"}
    assert {"pytorch_model.bin", "gliner_config.json"} <= set(result.receipt["files"])


def test_the_trainer_and_train_model_give_the_same_losses(deberta: TinyKit, tmp_path: Path) -> None:
    """With plain Trainer's random stream the engine is GLiNER.train_model, rehearsal and all."""
    from gliner import GLiNER
    from gliner_audit.runner.examples import load
    from transformers import set_seed

    args = {"max_steps": 6, "others_weight_decay": 0.01, "weight_decay": 0.02}
    plan = make_plan(deberta, tmp_path / "out", args=args)
    result = run(plan, exact_resume=False)
    set_seed(3)
    model = GLiNER.from_config(dict(plan.model))
    data = list(load(str(deberta.train), stable_labels=False))
    settings = {
        **plan.args,
        "output_dir": str(tmp_path / "theirs"),
        "warmup_ratio": 0.0,
        "masking": "global",
        "seed": 3,
    }
    trainer = model.train_model(data, None, use_cpu=True, save_total_limit=None, **settings)
    theirs = {row["step"]: row["loss"] for row in trainer.state.log_history if "loss" in row}
    assert losses(result.receipt) == theirs


def test_fine_tuning_goes_on_from_a_model(deberta: TinyKit, tmp_path: Path) -> None:
    args = {"max_steps": 80, "learning_rate": 3e-3, "others_lr": 3e-3}
    first = run(make_plan(deberta, tmp_path / "first", args=args))
    second = run(
        make_plan(
            deberta,
            tmp_path / "second",
            args={"max_steps": 5, "learning_rate": 1e-5, "others_lr": 1e-5},
            prev_path=str(tmp_path / "first"),
            model={"hidden_size": 64, "max_types": 3},
        )
    )
    assert second.code == 0, second.text
    assert losses(second.receipt)[1] < losses(first.receipt)[1] / 2
    assert second.row("model.hidden_size")["verdict"] == "no effect"
    assert second.row("model.hidden_size")["effective"] == 32
    assert second.row("model.max_types")["at_sink"] == 3
    assert second.row("model.max_types")["verdict"] == "took effect"


def test_a_frozen_encoder_stays_as_it_was(deberta: TinyKit, tmp_path: Path) -> None:
    import torch
    from gliner_audit.runner import model as models
    from gliner_audit.runner.plan_types import KeyRecord

    keys = [KeyRecord("training.freeze_components", ["text_encoder"], "freeze", "freeze_components", is_set=True)]
    plan = make_plan(deberta, tmp_path / "out", freeze=("text_encoder",), keys=keys)
    result = run(plan)
    before = models.build(plan).model.state_dict()
    after = torch.load(result.output / "pytorch_model.bin", weights_only=True)
    encoder = [name for name in before if ".bert_layer." in name]
    assert encoder
    assert all(torch.equal(before[name], after[name]) for name in encoder)
    assert any(not torch.equal(before[name], after[name]) for name in before if name not in encoder)
    assert result.row("training.freeze_components")["verdict"] == "took effect"


def test_the_best_checkpoint_by_f1_is_loaded_at_the_end(deberta: TinyKit, tmp_path: Path) -> None:
    import torch

    args = {"max_steps": 90, "learning_rate": 4e-3, "others_lr": 4e-3, "logging_steps": 30, "eval_strategy": "steps"}
    args |= {"eval_steps": 30, "save_steps": 30, "load_best_model_at_end": True, "metric_for_best_model": "f1"}
    result = run(make_plan(deberta, tmp_path / "out", evaluate=True, args=args))
    assert result.code == 0, result.text
    loaded = result.row("training.load_best_model_at_end")
    assert loaded["verdict"] == "took effect"
    best = Path(loaded["evidence"].split()[3])
    final = torch.load(result.output / "pytorch_model.bin", weights_only=True)
    stored = torch.load(best / "pytorch_model.bin", weights_only=True)
    assert all(torch.equal(final[name], stored[name]) for name in final)
    assert 0 <= result.receipt["metrics"]["eval_f1"] <= 1
    assert {"eval_f1/person", "eval_precision", "eval_recall", "eval_loss"} <= result.receipt["metrics"].keys()


def test_gradient_checkpointing_recomputes_and_changes_no_loss(deberta: TinyKit, tmp_path: Path) -> None:
    args = {"max_steps": 4, "gradient_checkpointing": False}
    plain = run(make_plan(deberta, tmp_path / "plain", args=args))
    saving = run(make_plan(deberta, tmp_path / "saving", args={**args, "gradient_checkpointing": True}))
    assert saving.code == 0, saving.text
    assert losses(saving.receipt) == pytest.approx(losses(plain.receipt))
    assert "True" in saving.row("training.gradient_checkpointing")["evidence"]
    assert "False" in plain.row("training.gradient_checkpointing")["evidence"]


def test_bf16_on_the_cpu_is_seen_inside_the_model(deberta: TinyKit, tmp_path: Path) -> None:
    # without the LSTM: oneDNN has none in bfloat16 for processors without AVX-512
    args, model = {"max_steps": 3, "bf16": True}, {"num_rnn_layers": 0}
    result = run(make_plan(deberta, tmp_path / "out", args=args, model=model))
    assert result.code == 0, result.text
    assert result.receipt["precision"] == "bf16"
    assert "bfloat16" in result.row("training.bf16")["evidence"]


@pytest.mark.parametrize("span_mode", ["token_level", "marker"])
def test_other_architectures(span_mode: str, deberta: TinyKit, tmp_path: Path) -> None:
    args: dict[str, Any] = {"max_steps": 4, "eval_strategy": "steps", "eval_steps": 2}
    plan = make_plan(deberta, tmp_path / "out", evaluate=True, args=args, model={"span_mode": span_mode})
    result = run(plan)
    assert result.code == 0, result.text
    assert "eval_f1" in result.receipt["metrics"]


def test_epochs_decide_without_max_steps(deberta: TinyKit, tmp_path: Path) -> None:
    """96 examples, batches of 16: 6 steps an epoch; evaluation and checkpoints at its end."""
    args = {"max_steps": -1, "num_train_epochs": 2, "per_device_train_batch_size": 16, "logging_steps": 3}
    args |= {"eval_strategy": "epoch", "save_strategy": "epoch", "save_total_limit": 1}
    result = run(make_plan(deberta, tmp_path / "out", evaluate=True, args=args), rehearse=False)
    assert result.code == 0, result.text
    assert result.receipt["steps_done"] == 12
    assert result.row("training.num_train_epochs")["evidence"] == "12 steps of 6 an epoch"
    assert result.row("training.eval_strategy")["evidence"] == "2 evaluations, first at step 6"
    assert [path.name for path in result.output.glob("checkpoint-*")] == ["checkpoint-12"]


def test_a_compiled_model_trains_and_is_saved_as_a_plain_one(
    deberta: TinyKit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With dynamo's eager backend: what is compiled is the library's matter, that it is used is ours."""
    from functools import partial

    import torch
    from gliner import GLiNER
    from gliner_audit.runner.plan_types import KeyRecord

    monkeypatch.setattr(torch, "compile", partial(torch.compile, backend="eager"))
    keys = [KeyRecord("training.compile_model", True, "compile", "compile_model", is_set=True)]
    args = {"max_steps": 2, "focal_loss_gamma": 2.0}
    plan = make_plan(deberta, tmp_path / "out", args=args, compile=True, keys=keys)
    result = run(plan)
    assert result.code == 0, result.text
    assert result.row("training.compile_model")["verdict"] == "took effect"
    assert result.row("training.focal_loss_gamma")["verdict"] == "took effect"
    assert not any("_orig_mod" in name for name in torch.load(result.output / "pytorch_model.bin", weights_only=True))
    GLiNER.from_pretrained(str(result.output), local_files_only=True, strict=True)
