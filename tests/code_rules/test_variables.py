"""Keys that stand for variables of the environment."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from gliner_audit.rules.check import Result

Check = Callable[..., Result]
SCRIPT = """
import os

import yaml
from transformers import Trainer, TrainingArguments

if __name__ == "__main__":
    cfg = yaml.safe_load(open("config.yaml"))
    {line}
    args = TrainingArguments(
        output_dir=cfg["output_dir"], learning_rate=cfg["rate"], max_steps=cfg["steps"], seed=cfg["seed"]
    )
    Trainer(model=None, args=args).train()
"""
CONFIG = "output_dir: out\nrate: 0.001\nsteps: 10\nseed: 3\nwandb_project: spans\n"


def found(project: Check, line: str) -> list[tuple[str, str]]:
    result = project({"train.py": SCRIPT.format(line=line), "config.yaml": CONFIG}, "train.py", "config.yaml")
    return [(one.name, one.key or "") for one in result.outcome.findings]


def test_a_literal_stands_where_the_key_of_that_name_belongs(project: Check) -> None:
    rows = found(project, 'os.environ["WANDB_PROJECT"] = "other"')
    assert ("hard-coded-ignores-key", "wandb_project") in rows


def test_a_variable_one_underscore_away_from_a_known_one_is_read_by_nobody(project: Check) -> None:
    assert found(project, 'os.environ["WANDBPROJECT"] = cfg["wandb_project"]') == [
        ("forwarded-but-inert", "wandb_project")
    ]


def test_a_write_that_is_dropped_leaves_the_key_dead(project: Check) -> None:
    assert found(project, "pass") == [("dead-field", "wandb_project")]


@pytest.mark.parametrize(
    "line",
    [
        'os.environ["WANDB_PROJECT"] = cfg["wandb_project"]',
        'os.environ["RUNPROJECT"] = cfg["wandb_project"]',
        'os.environ["WANDBPROJECT"] = cfg["wandb_project"]; print(os.environ["WANDBPROJECT"])',
        'import wandb; os.environ["WANDB_PROJECT"] = "x"; wandb.init(project=cfg["wandb_project"])',
    ],
)
def test_nothing_is_said_of_a_variable_that_may_be_read(project: Check, line: str) -> None:
    assert found(project, line) == []
