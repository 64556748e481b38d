"""Reads under a test: the config that is checked says which branch is taken."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from gliner_audit.rules.check import Result

Check = Callable[..., Result]
TRAINER = """
import yaml
from transformers import Trainer, TrainingArguments


def arguments(cfg):
    kwargs = dict(output_dir=cfg["where"], seed=cfg["by"])
    {change}
    if {test}:
        kwargs["max_steps"] = cfg["steps"]
    else:
        kwargs["num_train_epochs"] = cfg["epochs"]
    return TrainingArguments(**kwargs)


def main():
    with open("config.yaml") as file:
        cfg = yaml.safe_load(file)
    Trainer(model=None, args=arguments(cfg), train_dataset=[]).train()


if __name__ == "__main__":
    main()
"""
PRESENT, SWITCH = 'cfg.get("steps") is not None', 'cfg["by_steps"]'
CASES = [
    (PRESENT, "steps: 5\n", set()),
    (PRESENT, "epochs: 2\n", set()),
    (PRESENT, "steps: null\nseed: 1\n", {"epochs"}),
    (PRESENT, "", {"epochs"}),
    ('cfg.get("steps", 3) is None', "", {"epochs"}),
    (SWITCH, "by_steps: true\nepochs: 2\n", {"steps"}),
    (SWITCH, "by_steps: false\nepochs: 2\n", set()),
    (f"not {SWITCH}", "by_steps: false\nepochs: 2\n", {"steps"}),
    (f"{SWITCH} and other()", "by_steps: true\nepochs: 2\n", set()),
    (f"{SWITCH} and other()", "by_steps: false\nsteps: 2\n", {"epochs"}),
    ('cfg["by"] == "x"', "epochs: 2\n", {"steps"}),
    ('cfg["by"] == "steps"', "epochs: 2\n", set()),
    ('cfg["by"] in ("x",)', "epochs: 2\n", set()),
]


def absent(result: Result) -> set[str]:
    return {one.key or "" for one in result.outcome.findings if one.name == "read-but-absent"}


@pytest.mark.parametrize(("test", "config", "lacking"), CASES)
def test_the_branch_that_the_config_takes(project: Check, test: str, config: str, lacking: set[str]) -> None:
    text = TRAINER.format(test=test, change="")
    files = {"train.py": text, "config.yaml": f"where: out\nby: x\n{config}"}
    assert absent(project(files, "train.py", "config.yaml")) == lacking


@pytest.mark.parametrize("change", ['cfg["steps"] = 7', "cfg.update(other())", "cfg |= other()"])
def test_what_the_code_changes_first_is_not_decided_by_the_config(project: Check, change: str) -> None:
    text = TRAINER.format(test=PRESENT, change=change)
    files = {"train.py": text, "config.yaml": "where: out\nby: x\nsteps: null\n"}
    assert absent(project(files, "train.py", "config.yaml")) == set()
