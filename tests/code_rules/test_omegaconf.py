"""OmegaConf: defaults in the code, a file, the command line, laid over each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from gliner_audit.rules.check import Result

Check = Callable[..., Result]
SCRIPT = """
from omegaconf import OmegaConf
from transformers import Trainer, TrainingArguments

DEFAULTS = {{"output_dir": "runs", "optim": {{"lr": 1e-5, "decay": 0.01}}}}

if __name__ == "__main__":
    cfg = OmegaConf.merge({layers})
    optim = cfg.optim
    args = TrainingArguments(
        output_dir=cfg.output_dir, learning_rate=optim.lr, weight_decay=optim.decay, max_steps={steps}
    )
    Trainer(model=None, args=args).train()
"""
BASE, FILE, GIVEN = "OmegaConf.create(DEFAULTS)", 'OmegaConf.load("config.yaml")', "OmegaConf.from_cli()"
CONFIG = "output_dir: out\noptim:\n  lr: 0.001\n"


def found(project: Check, layers: tuple[str, ...], config: str, steps: str = "cfg.steps") -> list[tuple[str, str, str]]:
    files = {"train.py": SCRIPT.format(layers=", ".join(layers), steps=steps), "config.yaml": config}
    result = project(files, "train.py", "config.yaml")
    return [(one.name, one.key or "", one.severity) for one in result.outcome.findings]


def test_a_key_that_no_layer_has_is_an_attribute_error(project: Check) -> None:
    assert found(project, (BASE, FILE), CONFIG) == [("read-but-absent", "steps", "error")]


def test_the_command_line_may_give_it(project: Check) -> None:
    assert found(project, (BASE, FILE, GIVEN), CONFIG) == [("read-but-absent", "steps", "warning")]


@pytest.mark.parametrize("steps", ['cfg.get("steps", 5)', 'OmegaConf.select(cfg, "steps")', "cfg.steps"])
def test_nothing_is_said_where_the_key_is_there_or_guarded(project: Check, steps: str) -> None:
    config = CONFIG + "steps: 7\n" if steps == "cfg.steps" else CONFIG
    assert found(project, (BASE, FILE, GIVEN), config, steps) == []


def test_a_default_in_the_code_is_no_missing_key(project: Check) -> None:
    assert found(project, (BASE, FILE, GIVEN), "output_dir: out\nsteps: 7\n") == []


def test_a_file_laid_over_another_need_not_hold_every_key(project: Check) -> None:
    other = 'OmegaConf.load("base.yaml")'
    assert found(project, (other, FILE, GIVEN), CONFIG) == []


def test_a_key_that_nothing_reads_is_dead(project: Check) -> None:
    rows = found(project, (BASE, FILE, GIVEN), CONFIG + "  momentum: 0.9\nsteps: 7\nepochs: 3\n")
    assert {(name, key) for name, key, _ in rows} == {("dead-field", "optim.momentum"), ("dead-field", "epochs")}
