"""What weighs less or more by where it stands: in the project, in the library, or in a zero that the project allows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from gliner_audit.rules.check import Result
from gliner_audit.rules.scripts import audit
from gliner_audit.schemas import catalog

Check = Callable[..., Result]
NEWEST = {name: catalog.newest(name) for name in ("transformers", "gliner", "peft")}
FRAME = """
import yaml
from gliner import GLiNER


def main():
    with open("config.yaml") as file:
        cfg = yaml.safe_load(file)
    model = GLiNER.from_pretrained("m")
    model.train_model(train_dataset=[], eval_dataset=[], output_dir="out", {arguments})


if __name__ == "__main__":
    main()
"""


@pytest.mark.parametrize(
    ("arguments", "severity"),
    [
        ('others_lr=float(cfg["others_lr"])', "advice"),
        ('others_lr=cfg.get("others_lr", 0.0)', "warning"),
        ('max_steps=cfg["max_steps"] or 5', "warning"),
    ],
)
def test_a_zero_that_the_library_replaces_weighs_less(
    arguments: str, severity: str, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(str(tmp_path))
    with open("train.py", "w", encoding="utf-8") as file:
        file.write(FRAME.format(arguments=arguments))
    found = [one.severity for one in audit("train.py", NEWEST).findings if one.name == "falsy-or"]
    assert found == [severity]


def test_another_default_than_the_library_is_advice(project: Check) -> None:
    text = FRAME.format(arguments='max_steps=cfg.get("max_steps", 5)')
    shown = project({"train.py": text}, "train.py")
    assert [one.name for one in shown.outcome.findings] == []
    assert [one.severity for one in audit("train.py", NEWEST).findings if one.name == "default-mismatch"] == ["advice"]


HELPER = """
import yaml
from transformers import Trainer, TrainingArguments


def arguments(cfg):
    {leave}
    return dict(seed=cfg["seed"], learning_rate=cfg["lr"])


def main():
    with open("config.yaml") as file:
        cfg = yaml.safe_load(file)
    made = arguments(cfg)
    Trainer(model=None, args=TrainingArguments("out", **made)).train()


if __name__ == "__main__":
    main()
"""


@pytest.mark.parametrize(("leave", "missing"), [("pass", ["lr"]), ("if cfg['seed']: return {}", [])])
def test_a_read_in_a_helper_counts_where_every_run_gets_there(project: Check, leave: str, missing: list[str]) -> None:
    files = {"train.py": HELPER.format(leave=leave), "config.yaml": "seed: 1\n"}
    found = project(files, "train.py").outcome.findings
    assert [one.key for one in found if one.name == "read-but-absent"] == missing
