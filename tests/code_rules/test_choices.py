"""A key that chooses an argument is not said to miss it; one that is only looked at, and never used, is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from gliner_audit.rules.check import Result

Check = Callable[..., Result]
TRAINER = """
import yaml
from transformers import Trainer, TrainingArguments


def {name}(cfg):
{body}


def main():
    with open("config.yaml") as file:
        cfg = yaml.safe_load(file)
    args = TrainingArguments(cfg["where"], **choose(cfg))
    Trainer(model=None, args=args, train_dataset=[]).train()


if __name__ == "__main__":
    main()
"""
CONFIG = "where: out\nbf16: true\noptim: adam\nseed: 3\n"
CHOICES = {
    "truth": 'kwargs = {}\nif cfg.get("bf16"):\n    kwargs["bf16"] = True\nreturn kwargs',
    "both sides": 'if cfg["bf16"]:\n    flag = True\nelse:\n    flag = False\nreturn {"bf16": flag}',
    "ternary": 'return {"bf16": True if cfg["bf16"] else None}',
    "early return": 'if not cfg["bf16"]:\n    return {}\nreturn {"bf16": True}',
    "variable": 'wanted = cfg["bf16"]\nkwargs = {}\nif wanted:\n    kwargs.update(bf16=True)\nreturn kwargs',
    "one of several": 'kwargs = {}\nif kwargs is not None and cfg["bf16"]:\n    kwargs["bf16"] = True\nreturn kwargs',
    "comparison": 'kwargs = {}\nif cfg["optim"] == "adam":\n    kwargs["optim"] = "adamw_torch"\nreturn kwargs',
    "match": 'match cfg["optim"]:\n    case "adam":\n        return {"optim": "adamw_torch"}\nreturn {}',
}
IGNORED = {
    "presence": 'kwargs = {}\nif cfg.get("optim") is not None:\n    kwargs["optim"] = "sgd"\nreturn kwargs',
    "presence and a name": (
        'kwargs = {}\nif cfg.get("optim") is not None:\n    name = "sgd"\n    kwargs["optim"] = name\nreturn kwargs'
    ),
    "test of another key": 'kwargs = {}\nif cfg["bf16"]:\n    kwargs["optim"] = "sgd"\nreturn kwargs',
    "logged": 'print(cfg["optim"])\nreturn {"optim": "sgd"}',
}


def said(project: Check, body: str) -> set[tuple[str, str]]:
    text = TRAINER.format(name="choose", body="\n".join(f"    {line}" for line in body.split("\n")))
    result = project({"train.py": text, "config.yaml": CONFIG}, "train.py", "config.yaml")
    wanted = ("hard-coded-ignores-key", "used-elsewhere-only")
    return {(one.name, one.key or "") for one in result.outcome.findings if one.name in wanted}


@pytest.mark.parametrize("body", CHOICES.values(), ids=CHOICES)
def test_a_key_that_chooses_the_argument(project: Check, body: str) -> None:
    assert said(project, body) == set()


@pytest.mark.parametrize("body", IGNORED.values(), ids=IGNORED)
def test_a_key_that_a_literal_ignores(project: Check, body: str) -> None:
    assert ("hard-coded-ignores-key", "optim") in said(project, body)


def test_a_seed_of_another_generator_is_not_the_trainers(project: Check) -> None:
    body = 'import random\nrandom.seed(cfg["seed"])\nreturn {}'
    assert ("used-elsewhere-only", "seed") in said(project, body)


def test_a_key_that_lets_another_take_its_place(project: Check) -> None:
    body = 'kwargs = {}\nif cfg.get("optim") is not None:\n    kwargs["optim"] = cfg["option"]\nreturn kwargs'
    assert ("used-elsewhere-only", "optim") in said(project, body)


def test_a_key_that_asks_for_what_is_found_elsewhere(project: Check) -> None:
    body = 'kwargs = {}\nif cfg.get("optim") is not None:\n    kwargs["optim"] = str(cfg["option"])\nreturn kwargs'
    assert said(project, body) == set()


LOST = """
import yaml
from somewhere import hidden
from transformers import Trainer, TrainingArguments


def main():
    with open("config.yaml") as file:
        cfg = yaml.safe_load(file)
    probe = TrainingArguments("probe", seed=1)
    Trainer(model=None, args=hidden(cfg, probe), train_dataset=[]).train()


if __name__ == "__main__":
    main()
"""


def test_a_key_whose_trail_is_lost_may_decide_elsewhere(project: Check) -> None:
    files = {"train.py": LOST, "config.yaml": "seed: 3\nlearning_rate: 0.1\n"}
    assert project(files, "train.py", "config.yaml").outcome.findings == ()
