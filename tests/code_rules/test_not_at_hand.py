"""Code that cannot be read: what it is given may go anywhere, so that nothing is denied and nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from gliner_audit.rules.check import Result

Check = Callable[..., Result]
SCRIPT = """\
import argparse

import torch
from transformers import TrainingArguments, Trainer
{imports}

parser = argparse.ArgumentParser()
parser.add_argument("--weight_decay", type=float, default=0.1)
parser.add_argument("--seed", type=int, default=1)
args = parser.parse_args()
{use}
"""
ARGUMENTS = "arguments = TrainingArguments(output_dir='out'{more})\nTrainer(model=None, args=arguments).train()"
USES = {
    "a class of settings": (
        "from settings_package import Settings",
        "settings = Settings(weight_decay=args.weight_decay, seed=args.seed)\n"
        + ARGUMENTS.format(more=", weight_decay=settings.weight_decay, seed=settings.seed"),
    ),
    "a function that makes them": (
        "from settings_package import merge",
        "made = merge(args.weight_decay, args.seed)\n"
        + ARGUMENTS.format(more=", weight_decay=made.decay, seed=made.seed"),
    ),
    "a function that trains": (
        "from settings_package import finish",
        ARGUMENTS.format(more="") + "\nfinish(arguments, args.weight_decay, seed=args.seed)",
    ),
    "a dict that is a class": (
        "from settings_package import AttrDict",
        "settings = AttrDict(vars(args))\n"
        + ARGUMENTS.format(more=", weight_decay=settings.weight_decay, seed=settings.seed"),
    ),
}


@pytest.mark.parametrize(("imports", "use"), USES.values(), ids=USES)
def test_nothing_is_said_of_what_goes_there(project: Check, imports: str, use: str) -> None:
    result = project({"train.py": SCRIPT.replace("{imports}", imports).replace("{use}", use)}, "train.py")
    assert [(one.name, one.key) for one in result.outcome.findings if one.severity != "advice"] == []
    assert any("weight_decay" in (row.key or "") or "*" in (row.key or "*") for row in result.outcome.abstained)


def test_what_stays_in_sight_is_judged(project: Check) -> None:
    use = "torch.manual_seed(args.seed)\n" + ARGUMENTS.format(more="")
    result = project({"train.py": SCRIPT.replace("{imports}", "").replace("{use}", use)}, "train.py")
    found = {(one.name, one.key) for one in result.outcome.findings}
    assert {("used-elsewhere-only", "seed"), ("dead-field", "weight_decay")} <= found


def test_a_part_of_what_was_made_of_several_keys_is_nobodys(project: Check) -> None:
    from gliner_audit.audit.trace import trace

    imports, use = USES["a function that makes them"]
    project({"train.py": SCRIPT.replace("{imports}", imports).replace("{use}", use)}, "train.py")
    (entry,) = trace("train.py").entries
    assert [key.key for key in entry.keys if key.forwarded] == []
