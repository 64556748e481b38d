"""A config that several scripts of a folder share: what one leaves alone may be what another one lives by."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from gliner_audit.rules.check import Result

Check = Callable[..., Result]
LOAD = 'import yaml\nfrom gliner import GLiNER\nwith open("{}") as file:\n    cfg = yaml.safe_load(file)\n'
TRAIN = LOAD.format("config.yaml") + 'model = GLiNER.from_pretrained("x")\n'
TRAIN += (
    'model.train_model([], [], output_dir="out", max_steps=cfg["training"]["steps"], seed=cfg["training"]["seed"])\n'
)
EVALUATE = 'GLiNER.from_pretrained("out").evaluate([], batch_size=cfg["evaluation"]["batch_size"])\n'
CONFIG = "training:\n  steps: 5\n  seed: 3\nevaluation:\n  batch_size: 32\n"


def said(result: Result) -> set[tuple[str, str | None]]:
    return {(one.name, one.key) for one in result.outcome.findings}


def test_a_section_that_another_script_of_the_folder_reads(project: Check) -> None:
    files = {"train.py": TRAIN, "evaluate.py": LOAD.format("config.yaml") + EVALUATE, "config.yaml": CONFIG}
    assert said(project(files, "train.py", "config.yaml")) == set()


def test_a_section_that_nobody_reads(project: Check) -> None:
    other = LOAD.format("other.yaml") + EVALUATE
    files = {"train.py": TRAIN, "evaluate.py": other, "config.yaml": CONFIG}
    result = project(files, "train.py", "config.yaml")
    assert said(result) == {("dead-field", "evaluation.batch_size")}
    assert "per_device_train_batch_size" not in (result.outcome.findings[0].help or "")


def test_an_item_of_another_section(project: Check) -> None:
    other = LOAD.format("config.yaml") + EVALUATE.replace("evaluation", "training")
    result = project({"train.py": TRAIN, "evaluate.py": other, "config.yaml": CONFIG}, "train.py", "config.yaml")
    assert said(result) == {("dead-field", "evaluation.batch_size")}


OPTION = """
import argparse

import yaml
from gliner import GLiNER

parser = argparse.ArgumentParser()
parser.add_argument("--config", default="config.yaml")
with open(parser.parse_args().config) as file:
    t = yaml.safe_load(file)["training"]
model = GLiNER.from_pretrained("x")
model.train_model(
    [],
    [],
    output_dir="o",
    learning_rate=float(t["lr"]),
    others_lr=float(t["others_lr"]),
    weight_decay=t["weight_decay"],
    warmup_ratio=t["warmup_ratio"],
    max_steps=t["num_steps"],
    per_device_train_batch_size=t["batch_size"],
)
"""
OWN = "training:\n  num_steps: 20\n  batch_size: 8\n  lr: 5e-6\n  others_lr: 1e-5\n  weight_decay: 0.01\n"
OWN += "  warmup_ratio: 0.1\n"


def test_a_walk_holds_a_config_against_the_script_that_opens_it(project: Check) -> None:
    result = project({"a/train.py": OPTION, "a/config.yaml": OWN + "  max_grad_norm: 5.0\n"}, "a")
    assert said(result) == {("dead-field", "training.max_grad_norm")}
    row = next(row for row in result.outcome.inputs if row.file == "a/config.yaml")
    assert row.trainer == "a/train.py"


def test_a_walk_holds_a_config_against_no_script_that_opens_another(project: Check) -> None:
    files = {"a/train.py": OPTION.replace("config.yaml", "mine.yaml"), "a/mine.yaml": OWN, "a/config.yaml": OWN}
    result = project(files, "a")
    assert {one.file for one in result.outcome.findings} == {"a/config.yaml"}
    assert {row.trainer for row in result.outcome.inputs if row.file == "a/config.yaml"} == {None}


@pytest.mark.parametrize("section", ["eval", "evaluation", "inference"])
def test_a_short_name_of_a_section_about_the_trained_model_names_no_argument(project: Check, section: str) -> None:
    script = (
        "import yaml\nfrom gliner import GLiNER\n\ncfg = yaml.safe_load(open('c.yaml'))\n"
        "model = GLiNER.from_pretrained('x')\n"
        "model.train_model([], [], output_dir='o', max_steps=cfg['steps'])\n"
        f"print(model.evaluate([], batch_size=cfg['{section}']['batch_size']))\n"
    )
    files = {"train.py": script, "c.yaml": f"steps: 5\n{section}:\n  batch_size: 16\n"}
    assert [one.name for one in project(files, "train.py", "c.yaml").outcome.findings] == []
