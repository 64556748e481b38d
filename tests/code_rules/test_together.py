"""Configs against the trainer that reads them."""

from __future__ import annotations

from collections.abc import Callable

from gliner_audit.rules.check import Result

Check = Callable[..., Result]
TRAINER = """
import argparse
from types import SimpleNamespace

import yaml
from gliner import GLiNER


def load(path):
    with open(path) as file:
        return yaml.safe_load(file)


def main(path):
    cfg = load(path)
    training = cfg["training"]
    model = GLiNER.from_config(cfg["model"])
    model.train_model(
        train_dataset=[],
        eval_dataset=[],
        output_dir="models",
        max_steps=training["num_steps"],
        warmup_ratio=training["warmup_ratio"],
        learning_rate=float(training["lr_encoder"]),
        others_lr=float(training["lr_others"]),
        per_device_train_batch_size=training["train_batch_size"],
        bf16=True,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", default="configs/config.yaml")
    main(parser.parse_args().config)
"""
MODEL = "model:\n  model_name: some/encoder\n  max_width: 12\n  span_mode: markerV0\n"
TRAINING = (
    "training:\n  num_steps: 100\n  lr_encoder: 1e-5\n  lr_others: 5e-5\n  train_batch_size: 8\n"
    "  warmup_ratio: 0.1\n  scheduler_type: cosine\n  size_sup: -1\n"
)
GOOD = (MODEL + TRAINING).replace("  scheduler_type: cosine\n  size_sup: -1\n", "")


def said(result: Result, file: str) -> dict[tuple[str, str], str]:
    return {(one.name, one.key or ""): one.severity for one in result.outcome.findings if one.file == file}


def test_a_key_that_the_trainer_never_reads_is_said_in_the_config(project: Check) -> None:
    result = project({"train.py": TRAINER, "configs/config.yaml": MODEL + TRAINING}, "train.py", "configs")
    found = said(result, "configs/config.yaml")
    assert found[("dead-field", "training.size_sup")] == "warning"
    assert found[("dead-field", "training.scheduler_type")] == "error"
    assert not [name for name, _ in found if name == "text-number"], "the trainer casts them"
    (row,) = [row for row in result.outcome.inputs if row.file == "configs/config.yaml"]
    assert row.trainer == "train.py"


def test_a_key_that_the_trainer_needs_is_missing(project: Check) -> None:
    config = GOOD.replace("  warmup_ratio: 0.1\n", "")
    result = project({"train.py": TRAINER, "configs/config.yaml": config}, "train.py", "configs")
    (one,) = [one for one in result.outcome.findings if one.name == "read-but-absent"]
    assert (one.severity, one.key, one.file) == ("error", "training.warmup_ratio", "configs/config.yaml")
    assert "train.py" in one.message
    assert "KeyError" in (one.effect or "")
    assert any(step.file == "train.py" for step in one.path)


def test_a_good_config_of_this_trainer_is_clean(project: Check) -> None:
    result = project({"train.py": TRAINER, "configs/config.yaml": GOOD}, "configs", trainer=("train.py",))
    assert said(result, "configs/config.yaml") == {}
    assert result.code == 0


def test_a_config_alone_finds_the_script_that_loads_it(project: Check) -> None:
    files = {"train.py": TRAINER, "pyproject.toml": "", "configs/config.yaml": MODEL + TRAINING}
    result = project(files, "configs/config.yaml")
    assert result.outcome.inputs[0].trainer == "train.py"
    assert ("dead-field", "training.size_sup") in said(result, "configs/config.yaml")


def test_a_config_that_no_script_names_has_no_trainer(project: Check) -> None:
    files = {"train.py": TRAINER, "pyproject.toml": "", "configs/other.yaml": MODEL + TRAINING}
    assert project(files, "configs/other.yaml").outcome.inputs[0].trainer is None


def test_settings_name_the_trainer(project: Check) -> None:
    settings = '[tool.gliner-audit]\ntrainer = ["train.py"]\n'
    files = {"train.py": TRAINER, "pyproject.toml": settings, "configs/other.yaml": MODEL + TRAINING}
    assert project(files, "configs").outcome.inputs[0].trainer == "train.py"


def test_a_value_that_the_trainer_maps_away(project: Check) -> None:
    table = TRAINER.replace("bf16=True", 'optim={"adamw": "adamw_torch"}.get(training["optimizer"], "adamw_torch")')
    config = GOOD + "  optimizer: sgd\n"
    found = said(project({"train.py": table, "c.yaml": config}, "train.py", "c.yaml"), "c.yaml")
    assert found[("value-mapped-away", "training.optimizer")] == "error"


def test_null_where_the_trainer_casts(project: Check) -> None:
    config = GOOD.replace("lr_others: 5e-5", "lr_others: null")
    found = said(project({"train.py": TRAINER, "c.yaml": config}, "train.py", "c.yaml"), "c.yaml")
    assert found[("null-crash", "training.lr_others")] == "error"


WALKED = """
import sys
from types import SimpleNamespace

import yaml
from gliner import GLiNER


def walked(node):
    if isinstance(node, dict):
        return SimpleNamespace(**{name: walked(value) for name, value in node.items()})
    return node


def build(cfg):
    if cfg.run.start is None:
        return GLiNER.from_config(vars(cfg.model))
    return GLiNER.from_pretrained(cfg.run.start)


def main(path="c.yaml"):
    with open(path) as file:
        cfg = walked(yaml.safe_load(file))
    build(cfg).train_model([], [], output_dir=cfg.run.where, learning_rate=cfg.run.pace)


if __name__ == "__main__":
    main(*sys.argv[1:])
"""
RUN = "model:\n  model_name: some/encoder\nrun:\n  start: null\n  where: out\n  pace: 0.1\n  size: 4\n"


def test_a_walked_config_is_not_judged_past_the_key_that_it_lacks(project: Check) -> None:
    config = RUN.replace("  start: null\n", "")
    found = said(project({"train.py": WALKED, "c.yaml": config}, "train.py", "c.yaml"), "c.yaml")
    assert ("read-but-absent", "run.start") in found
    assert ("dead-field", "run.size") in found
    assert not [name for name, key in found if key.startswith("model.") or key in ("run.where", "run.pace")]


def test_a_walked_config_that_holds_every_key(project: Check) -> None:
    found = said(project({"train.py": WALKED, "c.yaml": RUN}, "train.py", "c.yaml"), "c.yaml")
    assert found == {("dead-field", "run.size"): "warning"}


NAMESPACE = """\
import argparse

from gliner import GLiNER
from gliner.utils import load_config_as_namespace, namespace_to_dict


def build(model, training):
    before = training.get("prev_path")
    if before and str(before) != "none":
        return GLiNER.from_pretrained(before)
    return GLiNER.from_config(model)


def main(path):
    cfg = load_config_as_namespace(path)
    model = build(namespace_to_dict(cfg.model), namespace_to_dict(cfg.training))
    model.train_model(
        train_dataset=[],
        eval_dataset=None,
        output_dir="models",
        max_steps=cfg.training.num_steps,
        warmup_ratio=cfg.training.warmup_ratio,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", default="config.yaml")
    main(parser.parse_args().config)
"""


def test_a_key_that_a_walked_namespace_lacks(project: Check) -> None:
    training = "training:\n  num_steps: 5\n  prev_path: null\n  warmup_steps: 0.05\n"
    text = f"model:\n  model_name: a/b\n  span_mode: markerV0\n{training}"
    result = project({"train.py": NAMESPACE, "config.yaml": text}, "train.py", "config.yaml")
    found = [one for one in result.outcome.findings if one.name == "read-but-absent"]
    assert [(one.key, one.file, one.severity) for one in found] == [("training.warmup_ratio", "config.yaml", "error")]
