"""A config that several scripts of a folder share: what one leaves alone may be what another one lives by."""

from __future__ import annotations

from collections.abc import Callable

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
