"""The receipt's verdicts: never an effect that is none, never none where there is one, and seldom no word at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from gliner_audit.runner.evidence import EFFECT, NONE, UNSEEN
from gliner_audit.runner.plan_types import KeyRecord
from gliner_audit.runner.tiny import TinyKit
from support import Result, make_plan, run

pytestmark = pytest.mark.train

# Live in the training path of gliner 0.2.29 at these values, each confirmed by running it.
LIVE: dict[str, Any] = {
    "per_device_train_batch_size": 4,
    "per_device_eval_batch_size": 6,
    "gradient_accumulation_steps": 2,
    "max_steps": 12,
    "learning_rate": 1e-3,
    "others_lr": 2e-3,
    "weight_decay": 0.01,
    "others_weight_decay": 0.02,
    "lr_scheduler_type": "cosine",
    "warmup_ratio": 0.25,
    "max_grad_norm": 1.0,
    "optim": "adamw_torch",
    "adam_beta1": 0.8,
    "adam_beta2": 0.99,
    "adam_epsilon": 1e-7,
    "focal_loss_alpha": 0.75,
    "focal_loss_gamma": 2.0,
    "focal_loss_prob_margin": 0.05,
    "label_smoothing": 0.05,
    "loss_reduction": "mean",
    "negatives": 0.5,
    "masking": "global",
    "loss_type": "focal",
    "eval_strategy": "steps",
    "eval_steps": 4,
    "save_strategy": "steps",
    "save_steps": 4,
    "save_total_limit": 2,
    "logging_strategy": "steps",
    "logging_steps": 2,
    "load_best_model_at_end": True,
    "metric_for_best_model": "f1",
    "greater_is_better": True,
    "dataloader_num_workers": 1,
    "dataloader_pin_memory": False,
    "dataloader_persistent_workers": True,
    "dataloader_prefetch_factor": 3,
    "dataloader_drop_last": True,
    "train_sampling_strategy": "sequential",
    "gradient_checkpointing": False,
    "bf16": False,
    "fp16": False,
    "use_cpu": True,
    "seed": 5,
    "data_seed": 11,
    "report_to": "none",
    "push_to_hub": False,
}
# Read by nothing that trains (proven elsewhere); at values that would be seen if they were not.
DEAD: dict[str, Any] = {
    "torch_empty_cache_steps": 1,
    "label_smoothing_factor": 0.5,
    "remove_unused_columns": False,
    "dataloader_in_order": False,
    "average_tokens_across_devices": False,
    "do_train": False,
    "do_predict": True,
    "local_rank": -1,
    "cache_dir": "elsewhere",
    "resume_from_checkpoint": "elsewhere",
    "do_eval": False,
}
LIVE_MODEL: dict[str, Any] = {
    "hidden_size": 48,
    "dropout": 0.2,
    "max_width": 5,
    "max_types": 6,
    "max_len": 32,
    "max_neg_type_ratio": 2,
    "span_mode": "marker",
    "num_rnn_layers": 1,
    "words_splitter_type": "whitespace",
    "post_fusion_schema": "l2l-l2t",
    "num_post_fusion_layers": 1,
}
DEAD_MODEL: dict[str, Any] = {"name": "mine", "fine_tune": False, "represent_spans": True, "span_loss_coef": 0.5}
LORA: dict[str, Any] = {"r": 4, "lora_alpha": 16, "lora_dropout": 0.1, "target_modules": ["query_proj"], "bias": "none"}


@pytest.fixture(scope="module")
def full(deberta: TinyKit, tmp_path_factory: pytest.TempPathFactory) -> Result:
    """A run that sets everything, with the dead parameters unproven."""
    keys = [KeyRecord("run.owner", "me", "metadata", is_set=True), KeyRecord("run.size", 1, "nothing", is_set=True)]
    plan = make_plan(
        deberta,
        tmp_path_factory.mktemp("evidence") / "out",
        evaluate=True,
        args={**LIVE, **DEAD},
        model={**LIVE_MODEL, **DEAD_MODEL},
        lora=LORA,
        seed=5,
        keys=keys,
    )
    result = run(plan)
    assert result.code == 0, result.text
    return result


def verdicts(result: Result, prefix: str) -> dict[str, str]:
    rows = {row["key"]: row["verdict"] for row in result.receipt["keys"]}
    return {key.removeprefix(prefix): verdict for key, verdict in rows.items() if key.startswith(prefix)}


def test_nothing_dead_took_effect(full: Result) -> None:
    found = {**verdicts(full, "training."), **verdicts(full, "model.")}
    assert {key for key in (*DEAD, *DEAD_MODEL) if found[key] == EFFECT} == set()


def test_nothing_live_is_without_effect(full: Result) -> None:
    found = {**verdicts(full, "training."), **verdicts(full, "model."), **verdicts(full, "lora.")}
    assert {key for key in (*LIVE, *LIVE_MODEL, *LORA) if found[key] == NONE} == set()


def test_few_live_keys_go_unseen(full: Result) -> None:
    found = {
        **verdicts(full, "training."),
        **verdicts(full, "model."),
        **verdicts(full, "lora."),
        **verdicts(full, "data."),
    }
    live = [key for key in found if key not in DEAD and key not in DEAD_MODEL]
    unseen = [key for key in live if found[key] == UNSEEN]
    assert len(unseen) <= 0.2 * len(live), unseen


def test_a_proof_of_no_effect_is_passed_on(deberta: TinyKit, tmp_path: Path) -> None:
    inert = {name: f"{name} has no reader in the training path" for name in (*DEAD, *DEAD_MODEL)}
    plan = make_plan(deberta, tmp_path / "out", args={"max_steps": 2, **DEAD}, model=DEAD_MODEL)
    result = run(plan, inert=inert)
    found = {**verdicts(result, "training."), **verdicts(result, "model.")}
    assert {found[key] for key in inert} == {NONE}
    assert found["learning_rate"] == EFFECT
    assert result.row("training.do_train")["evidence"] == inert["do_train"]


def test_each_effect_names_what_was_seen(full: Result) -> None:
    rows = {row["key"]: row for row in full.receipt["keys"]}
    assert rows["training.learning_rate"]["evidence"].startswith("lr=0.001 in ")
    assert rows["training.others_lr"]["evidence"].startswith("lr=0.002 in 2 of 4 optimizer groups")
    assert "3 of 12 steps warm up" in rows["training.warmup_ratio"]["evidence"]
    assert rows["training.gradient_accumulation_steps"]["evidence"] == "24 backward passes for 12 update steps"
    assert rows["training.save_steps"]["evidence"] == "saves at steps 4, 8, 12"
    assert rows["training.data_seed"]["effective"] == 11
    assert rows["lora.target_modules"]["effective"] == ["query_proj"]
    assert (rows["run.owner"]["verdict"], rows["run.size"]["verdict"]) == (UNSEEN, NONE)
    assert all(row["evidence"] for row in rows.values())
    assert any("gliner/training/trainer.py:create_optimizer" in row["consumed_by"] for row in rows.values())


def test_a_setting_that_another_one_overrules(deberta: TinyKit, tmp_path: Path) -> None:
    args = {"num_train_epochs": 7, "max_steps": 3, "warmup_steps": 2, "warmup_ratio": 0.5, "others_lr": None}
    result = run(make_plan(deberta, tmp_path / "out", args={**args, "others_weight_decay": 0.3, "hub_model_id": "a/b"}))
    for key in ("num_train_epochs", "warmup_ratio", "others_weight_decay", "hub_model_id"):
        assert result.row(f"training.{key}")["verdict"] == NONE, key
    assert result.row("training.warmup_steps")["effective"] == 2
    assert result.row("training.others_lr")["verdict"] == EFFECT


def test_a_loss_setting_that_the_architecture_ignores_is_not_called_effective(deberta: TinyKit, tmp_path: Path) -> None:
    """gliner 0.2.29 hands masking, negatives and loss_type to token-level models, whose loss drops them."""
    args = {"max_steps": 2, "masking": "none", "negatives": 0.5, "loss_type": "dice", "dice_gamma": 2.0}
    result = run(make_plan(deberta, tmp_path / "out", args=args, model={"span_mode": "token_level"}))
    assert result.code == 0, result.text
    assert {
        result.row(f"training.{key}")["verdict"] for key in ("masking", "negatives", "loss_type", "dice_gamma")
    } == {UNSEEN}
