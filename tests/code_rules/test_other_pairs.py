"""Configs of other styles beside their trainers: what is said of a key must hold for the code that reads it."""

from __future__ import annotations

from collections.abc import Callable

from gliner_audit.rules.check import Result

Check = Callable[..., Result]


def said(result: Result) -> list[tuple[str, str | None]]:
    return [(one.name, one.key) for one in result.outcome.findings if one.severity != "advice"]


SEVERAL = """
import argparse
from pathlib import Path
import yaml
from peft import LoraConfig
from transformers import Trainer, TrainingArguments


def load(path):
    with Path(path).open() as file:
        return yaml.safe_load(file)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", default="conf")
    folder = Path(parser.parse_args().folder)
    run = load(str(folder / "run.yaml"))
    lora = load(str(folder / "lora.yaml"))
    adapter = LoraConfig(r=lora["lora"]["r"])
    args = TrainingArguments("out", learning_rate=run["training"]["learning_rate"])
    Trainer(model=adapter, args=args).train()
"""


def test_a_helper_that_loads_several_files_lacks_no_key_in_one(project: Check) -> None:
    files = {
        "train.py": SEVERAL,
        "conf/run.yaml": "training:\n  learning_rate: 0.1\n",
        "conf/lora.yaml": "lora:\n  r: 8\n",
    }
    assert said(project(files, "train.py", "conf/run.yaml", "conf/lora.yaml")) == []
    files["train.py"] = SEVERAL.replace('lora = load(str(folder / "lora.yaml"))', "lora = run")
    assert said(project(files, "train.py", "conf/run.yaml")) == [("read-but-absent", "lora.r")]


OWN_LOOP = """
import sys
import torch
import yaml

if __name__ == "__main__":
    config = yaml.safe_load(open(sys.argv[1]))
    model = torch.nn.Linear(2, 2)
    optimizer = torch.optim.AdamW(model.parameters(), lr=config["learning_rate"])
    for step in range(config["max_steps"]):
        if step % config["eval_steps"] == 0:
            model.eval()
"""


def test_a_loop_of_its_own_evaluates_as_it_says(project: Check) -> None:
    config = "learning_rate: 0.1\nmax_steps: 100\neval_steps: 10\nwarmup_ratio: 0.1\n"
    found = said(project({"train.py": OWN_LOOP, "c.yaml": config}, "train.py", "c.yaml"))
    assert "evaluation-never-runs" not in [name for name, _ in found]


def test_a_script_that_loads_no_file_is_held_against_none(project: Check) -> None:
    script = (
        "import argparse\nfrom transformers import Trainer, TrainingArguments\n\nif __name__ == '__main__':\n"
        "    parser = argparse.ArgumentParser()\n    parser.add_argument('--epochs', type=int, default=1)\n"
        "    args = TrainingArguments('out', learning_rate=3e-4, num_train_epochs=parser.parse_args().epochs)\n"
        "    Trainer(model=None, args=args).train()\n"
    )
    config = "training:\n  output_dir: out\n  learning_rate: 1.0e-4\n  num_train_epochs: 2\n"
    result = project({"train.py": script, "c.yaml": config}, "train.py", "c.yaml")
    assert said(result) == []
    assert ["c.yaml is not held against it" in one.reason for one in result.outcome.abstained] == [True]


HYDRA = """
import hydra
from peft import LoraConfig
from transformers import Trainer, TrainingArguments


def standard():
    return TrainingArguments("elsewhere", learning_rate=5e-5)


def arguments(cfg):
    if cfg.training.standard:
        return standard()
    return TrainingArguments(
        cfg.training.output_dir,
        learning_rate=cfg.training.learning_rate,
        eval_strategy=cfg.training.evaluation_strategy,
    )


@hydra.main(version_base=None, config_path="conf", config_name="config")
def main(cfg):
    Trainer(model=LoraConfig(r=cfg.training.lora.r), args=arguments(cfg)).train()


if __name__ == "__main__":
    main()
"""
GROUP = "output_dir: out\nlearning_rate: 1.0e-4\nevaluation_strategy: epoch\nstandard: false\nlora:\n  r: 8\n"


def test_a_config_of_a_group_is_read_under_the_group(project: Check) -> None:
    files = {
        "train.py": HYDRA,
        "conf/config.yaml": "defaults:\n  - training: base\n",
        "conf/training/base.yaml": GROUP + "warmup_ratio: 0.1\n",
    }
    result = project(files, "train.py", "conf/config.yaml", "conf/training/base.yaml")
    assert said(result) == [("key-not-in-version", "warmup_ratio")]


def test_a_fallback_beside_the_call_that_takes_the_key_hides_nothing(project: Check) -> None:
    config = "training:\n" + "".join(f"  {line}\n" for line in GROUP.splitlines()) + "spare:\n  learning_rate: 1.0\n"
    found = said(project({"train.py": HYDRA, "conf/config.yaml": config}, "train.py", "conf/config.yaml"))
    assert not [key for name, key in found if name == "hard-coded-ignores-key"]
