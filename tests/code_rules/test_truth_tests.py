"""`x if x else d` and its long form: a zero that gives way to a constant, and one that only stays away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from gliner_audit.rules.check import Result

Check = Callable[..., Result]
SCRIPT = """
import argparse
from transformers import Trainer, TrainingArguments

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--warmup_steps", type=int, default=0)
    parser.add_argument("--fast", action="store_true")
    options = parser.parse_args()
    kwargs = {{}}
{body}
    Trainer(model=None, args=TrainingArguments("out", **kwargs)).train()
"""
SHORT = 'kwargs["warmup_steps"] = options.warmup_steps if options.warmup_steps else 100'
LONG = """
steps = 100
if options.warmup_steps:
    steps = options.warmup_steps
kwargs["warmup_steps"] = steps"""
LEFT_OUT = """
if options.warmup_steps:
    kwargs["warmup_steps"] = options.warmup_steps"""
NULL = 'kwargs["warmup_steps"] = options.warmup_steps if options.warmup_steps is not None else 100'
OTHER_TEST = """
if options.fast:
    steps = 100
elif options.warmup_steps:
    steps = options.warmup_steps
else:
    raise SystemExit("no steps")
kwargs["warmup_steps"] = steps"""


def found(project: Check, body: str) -> list[tuple[str, str]]:
    text = SCRIPT.format(body="\n".join(f"    {line}" if line else "" for line in body.split("\n")))
    result = project({"train.py": text}, "train.py")
    return [(one.name, one.key or "") for one in result.outcome.findings]


@pytest.mark.parametrize("body", [SHORT, LONG])
def test_a_zero_gives_way_to_a_constant(project: Check, body: str) -> None:
    assert ("falsy-or", "warmup_steps") in found(project, body)


@pytest.mark.parametrize("body", [LEFT_OUT, NULL, OTHER_TEST])
def test_a_zero_that_is_kept_left_out_or_refused(project: Check, body: str) -> None:
    assert ("falsy-or", "warmup_steps") not in found(project, body)
