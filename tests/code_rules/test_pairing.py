"""Configs of a shape that no dialect knows: held against the trainer that they are for, and against no other."""

from __future__ import annotations

from collections.abc import Callable

from gliner_audit.rules.check import Result

Check = Callable[..., Result]
TRAINER = """
import json
import sys

from transformers import Trainer, TrainingArguments


def main(path="settings.json"):
    with open(path) as file:
        cfg = json.load(file)
    args = TrainingArguments(
        cfg["where"],
        learning_rate=cfg["pace"]["rate"],
        warmup_steps=cfg["pace"]["warm"],
        seed=cfg["name"],
    )
    Trainer(model=None, args=args, train_dataset=[]).train()


if __name__ == "__main__":
    main(*sys.argv[1:])
"""
GOOD = '{"where": "out", "name": 3, "pace": {"rate": 0.0001, "warm": 10}}'
BAD = '{"where": "out", "name": 3, "seed": 4, "pace": {"rate": 0.0001}}'
EXPECTED = {("dead-field", "seed"): "error", ("read-but-absent", "pace.warm"): "error"}


def said(result: Result, file: str) -> dict[tuple[str, str], str]:
    return {(one.name, one.key or ""): one.severity for one in result.outcome.findings if one.file == file}


def trainer(result: Result, file: str) -> str | None:
    return next(row.trainer for row in result.outcome.inputs if row.file == file)


def test_a_config_that_is_named_beside_its_trainer(project: Check) -> None:
    files = {"train.py": TRAINER, "mine.json": BAD, "other.json": GOOD}
    result = project(files, "train.py", "mine.json", "other.json")
    assert said(result, "mine.json") == EXPECTED
    assert said(result, "other.json") == {}
    row = next(row for row in result.outcome.inputs if row.file == "mine.json")
    assert (row.kind, row.dialect, row.trainer) == ("config", None, "train.py")
    assert row.against


def test_a_config_beside_the_trainer_of_the_settings(project: Check) -> None:
    files = {"train.py": TRAINER, "pyproject.toml": '[tool.gliner-audit]\ntrainer = ["train.py"]\n', "mine.json": BAD}
    assert said(project(files, "mine.json"), "mine.json") == EXPECTED


def test_a_file_of_a_folder_that_the_trainer_loads(project: Check) -> None:
    text = TRAINER.replace("settings.json", "conf/settings.json")
    result = project({"train.py": text, "conf/settings.yaml": "a: 1\n", "conf/settings.json": BAD}, "train.py", "conf")
    assert said(result, "conf/settings.json") == EXPECTED
    assert trainer(result, "conf/settings.yaml") is None


def test_a_file_of_a_folder_that_nobody_loads(project: Check) -> None:
    result = project({"train.py": TRAINER, "conf/other.yaml": "name: 1\nwhere: x\nseed: 4\n"}, "train.py", "conf")
    assert trainer(result, "conf/other.yaml") is None
    assert said(result, "conf/other.yaml") == {}


def test_settings_of_another_tool_that_share_a_name(project: Check) -> None:
    other = "name: pages\ntheme:\n  palette: dark\nnav:\n  - index.md\nplugins: [search]\n"
    result = project({"train.py": TRAINER, "pages.yml": other}, "train.py", "pages.yml")
    assert trainer(result, "pages.yml") is None
    assert said(result, "pages.yml") == {}


def test_a_config_alone_finds_the_script_that_loads_it(project: Check) -> None:
    files = {"train.py": TRAINER, "pyproject.toml": "", "settings.json": BAD}
    assert said(project(files, "settings.json"), "settings.json") == EXPECTED
    walked = project(files, ".")
    assert trainer(walked, "settings.json") == "train.py"
    assert said(walked, "settings.json") == EXPECTED


def test_a_model_description_that_the_trainer_looks_into(project: Check) -> None:
    text = """
import argparse
import json

import torch

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=1e-3)
    options = parser.parse_args()
    with open("model.json") as file:
        layout = json.load(file)
    model = torch.nn.Linear(layout["hidden_size"], layout["labels"])
    torch.optim.AdamW(model.parameters(), lr=options.lr)
"""
    layout = '{"hidden_size": 8, "labels": 2, "max_grad_norm": 3, "weight_decay": 1, "layers": 2, "heads": 1}'
    result = project({"train.py": text, "model.json": layout}, "train.py", "model.json")
    assert said(result, "model.json") == {}
