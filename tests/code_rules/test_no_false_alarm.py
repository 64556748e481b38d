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
