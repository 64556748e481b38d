"""Configs for Hugging Face's Trainer are told from those of programs that borrow its names."""

from __future__ import annotations

from typing import Any

import pytest
from gliner_audit.audit.config import Config
from gliner_audit.audit.dialects import DIALECTS, recognise
from gliner_audit.audit.dialects.base import ARGS, LORA, Target
from gliner_audit.audit.documents import load
from gliner_audit.schemas import catalog

NEWEST = {name: catalog.newest(name) for name in ("transformers", "gliner", "peft")}
ARGUMENTS = {"num_train_epochs": 1, "per_device_train_batch_size": 4}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(ARGUMENTS, id="two names of its own"),
        pytest.param({"learning_rate": 0.1, "logging_steps": 5}, id="one beside a learning rate"),
        pytest.param({"training_args": ARGUMENTS, "seed": 1}, id="in a section"),
        pytest.param({"r": 8, "lora_alpha": 16}, id="LoraConfig alone"),
        pytest.param({"peft_config": {"r": 8, "target_modules": "all-linear"}}, id="LoraConfig in a section"),
        pytest.param({**ARGUMENTS, "model_name_or_path": "org/base", "use_peft": True}, id="a recipe of trl"),
    ],
)
def test_a_trainer_config_is_recognised(data: dict[str, Any]) -> None:
    assert recognise(data)[0] == "trainer"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        pytest.param({"learning_rate": 0.1, "warmup_steps": 5, "epochs": 3}, None, id="names that everybody uses"),
        pytest.param({"logging_steps": 5}, None, id="one name alone"),
        pytest.param({"lora_r": 8, "lora_alpha": 16, "lora_dropout": 0.1}, None, id="LoRA of a program of its own"),
        pytest.param({"lora": {"rank": 8, "alpha": 16, "target_modules": "x"}}, None, id="a LoRA section of its own"),
        pytest.param({**ARGUMENTS, "with_tracking": True}, "accelerate-script", id="a loop without a Trainer"),
        pytest.param({**ARGUMENTS, "tuner_type": "lora", "model": "org/base"}, "swift", id="ms-swift"),
        pytest.param({**ARGUMENTS, "base_model": "org/base", "datasets": []}, "axolotl", id="axolotl"),
        pytest.param(
            {"r": 8, "lora_alpha": 16, "peft_type": "LORA", "base_model_name_or_path": "x", "inference_mode": True},
            "peft-adapter",
            id="a saved adapter",
        ),
    ],
)
def test_a_config_of_another_program_is_not(data: dict[str, Any], name: str | None) -> None:
    assert recognise(data) == (name, None)


def bound(text: str) -> dict[tuple[str | int, ...], tuple[Target, ...]]:
    return Config(load("config.yaml", text), DIALECTS["trainer"], NEWEST).paths


def test_a_script_that_spells_lora_its_own_way_keeps_its_other_names() -> None:
    paths = bound("num_train_epochs: 1\nlogging_steps: 5\nlora_alpha: 16\ntask_type: chat\n")
    assert paths["lora_alpha",] == (Target(LORA, "lora_alpha"),)
    assert ("task_type",) not in paths


def test_beside_r_every_name_of_lora_counts() -> None:
    paths = bound("num_train_epochs: 1\nlogging_steps: 5\nr: 8\nlora_alpha: 16\ntask_type: chat\n")
    assert paths["task_type",] == (Target(LORA, "task_type"),)


def test_a_section_that_is_no_mapping_is_a_key() -> None:
    assert bound("num_train_epochs: 1\nlogging_steps: 5\nlora: true\n").keys() == {
        ("num_train_epochs",),
        ("logging_steps",),
    }


def test_arguments_come_before_lora_where_both_have_a_name() -> None:
    dialect = DIALECTS["trainer"]
    assert dialect.sections({**ARGUMENTS, "r": 8, "lora_alpha": 16})[0].roles == (ARGS, LORA)
