"""A trainer that loads more than one file: what one of them lacks may stand in the other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from gliner_audit.rules.check import Result

Check = Callable[..., Result]
LAYERED = """
from collections import ChainMap

import yaml
from omegaconf import OmegaConf
from transformers import Trainer, TrainingArguments


def load(path):
    with open(path) as file:
        return yaml.safe_load(file)


def main():
    base, own = load("base.yaml"), load("own.yaml")
    {merge}
    args = TrainingArguments(cfg["where"], learning_rate=cfg["rate"], seed=cfg["seed"], warmup_steps=cfg["warm"])
    Trainer(model=None, args=args, train_dataset=[]).train()


if __name__ == "__main__":
    main()
"""
BESIDE = LAYERED.replace("{merge}", "cfg = base").replace('cfg["seed"]', 'own["seed"]').replace('cfg["warm"]', "3")
FILES = {"base.yaml": "where: out\nrate: 0.1\n", "own.yaml": "seed: 3\nwarm: 5\n"}


def absent(result: Result) -> set[tuple[str, str]]:
    return {(one.file, one.key or "") for one in result.outcome.findings if one.name == "read-but-absent"}


@pytest.mark.parametrize("configs", [(), ("base.yaml",), ("own.yaml",), ("base.yaml", "own.yaml")])
@pytest.mark.parametrize(
    "merge",
    [
        "cfg = {**base, **own}",
        "base.update(own)\n    cfg = base",
        "cfg = base | own",
        "cfg = OmegaConf.merge(base, own)",
        "cfg = ChainMap(own, base)",
    ],
)
def test_files_that_are_laid_over_each_other(project: Check, merge: str, configs: tuple[str, ...]) -> None:
    result = project({"train.py": LAYERED.replace("{merge}", merge), **FILES}, "train.py", *configs)
    assert absent(result) == set()


@pytest.mark.parametrize("configs", [(), ("base.yaml",), ("own.yaml",), ("base.yaml", "own.yaml")])
def test_files_that_are_read_side_by_side(project: Check, configs: tuple[str, ...]) -> None:
    assert absent(project({"train.py": BESIDE, **FILES}, "train.py", *configs)) == set()


def test_each_of_two_files_lacks_a_key_of_its_own(project: Check) -> None:
    files = {"train.py": BESIDE, "base.yaml": "where: out\nseed: 3\n", "own.yaml": "rate: 0.1\nwarm: 5\n"}
    assert absent(project(files, "train.py")) == {("train.py", "rate"), ("train.py", "seed")}
    assert absent(project({}, "train.py", "base.yaml")) == {("base.yaml", "rate")}
