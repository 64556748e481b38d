"""Uses that keep a key alive although no parameter of the library gets it."""

from __future__ import annotations

from collections.abc import Callable

from gliner_audit.rules.check import Result

Check = Callable[..., Result]
SCRIPT = """
import argparse
from transformers import Trainer, TrainingArguments


def timed(model, *, repeats):
    for _ in range(repeats):
        model.evaluate()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--bench_repeats", type=int, default=1)
    parser.add_argument("--size", type=int, default=1)
    parser.add_argument("--unused", type=int, default=1)
    options = parser.parse_args()
    data = list(range(100))
    trainer = Trainer(model=None, args=TrainingArguments("out"), train_dataset=data[: options.size])
    trainer.train()
    timed(trainer, repeats=options.bench_repeats)
"""


def test_a_loop_count_and_a_slice_are_uses(project: Check) -> None:
    result = project({"train.py": SCRIPT}, "train.py")
    assert [(one.name, one.key) for one in result.outcome.findings] == [("dead-field", "unused")]


def test_a_step_of_the_trail_leaves_the_arrow_to_the_terminal(project: Check) -> None:
    script = SCRIPT.replace('TrainingArguments("out")', 'TrainingArguments("out", logging_steps=options.unused or 5)')
    (one,) = project({"train.py": script}, "train.py").outcome.findings
    assert one.name == "falsy-or"
    assert [step.message for step in one.path][-1] == "parameter `logging_steps` of transformers.TrainingArguments"


SHORT = """
import torch
import yaml
from peft import LoraConfig, get_peft_model
from transformers import Trainer, TrainingArguments


def main():
    with open("config.yaml") as file:
        cfg = yaml.safe_load(file)
    torch.manual_seed(cfg["{section}"]["rank"])
    scale = float(cfg["{section}"]["alpha"]) * 2
    if scale > 1:
        print("large")
    model = get_peft_model(None, LoraConfig(r=16, lora_alpha=32))
    args = TrainingArguments(cfg["where"], learning_rate=cfg["rate"])
    Trainer(model=model, args=args, train_dataset=[]).train()


if __name__ == "__main__":
    main()
"""


def test_short_names_of_lora_mean_it_in_its_section(project: Check) -> None:
    for section, expected in (("loss", set()), ("lora", {"lora.rank", "lora.alpha"})):
        config = f"where: o\nrate: 0.1\n{section}:\n  rank: 1\n  alpha: 2\n"
        files = {"train.py": SHORT.format(section=section), "config.yaml": config}
        result = project(files, "train.py", "config.yaml")
        assert {one.key for one in result.outcome.findings} == expected


OWN_TRAINER = """
import yaml
from transformers import Trainer, TrainingArguments


class Weighted(Trainer):
    def __init__(self, *args, alpha, **kwargs):
        super().__init__(*args, **kwargs)
        self.alpha = alpha

    def compute_loss(self, model, inputs, return_outputs=False):
        return model(**inputs).loss * self.alpha


def main():
    with open("config.yaml") as file:
        cfg = yaml.safe_load(file)
    args = TrainingArguments(cfg["where"], learning_rate=cfg["rate"])
    Weighted(model=None, args=args, train_dataset=[], alpha=float(cfg["alpha"])).train()


if __name__ == "__main__":
    main()
"""


def test_what_a_trainer_of_the_code_holds_is_used_by_the_methods_that_the_library_calls(project: Check) -> None:
    files = {"train.py": OWN_TRAINER, "config.yaml": "where: o\nrate: 0.1\nalpha: 0.5\nbeta: 1\n"}
    result = project(files, "train.py", "config.yaml")
    assert [(one.name, one.key) for one in result.outcome.findings] == [("dead-field", "beta")]
