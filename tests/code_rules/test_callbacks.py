"""Functions that a library calls back: what they read is used, whatever carries them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from gliner_audit.audit.trace import trace
from gliner_audit.rules.check import Result

Check = Callable[..., Result]
HEAD = """\
import yaml
from functools import partial
from datasets import load_dataset
from transformers import AutoModel, AutoTokenizer, Trainer, TrainingArguments

cfg = yaml.safe_load(open("c.yaml"))
tokenizer = AutoTokenizer.from_pretrained("x")
rows = load_dataset(cfg["name"])


def cut(row, most):
    return tokenizer(row["text"], max_length=most)


class Cut:
    def __init__(self, most):
        self.most = most

    def __call__(self, row):
        return tokenizer(row["text"], max_length=self.most)


"""
TAIL = """
args = TrainingArguments(output_dir="o", max_steps=cfg["steps"])
Trainer(model=None, args=args, train_dataset=rows{more}).train()
"""
CONFIG = "name: d\nsteps: 5\nasked: 256\n"
USES = {
    "map": "rows = rows.map(lambda row: tokenizer(row['text'], max_length=cfg['asked']))",
    "filter": "rows = rows.filter(lambda row: len(row['text']) >= cfg['asked'])",
    "filter of a plain set": "rows = load_dataset('d').filter(lambda row: len(row['text']) >= cfg['asked'])",
    "partial": "rows = rows.map(partial(cut, most=cfg['asked']))",
    "keywords": "rows = rows.map(cut, fn_kwargs={'most': cfg['asked']})",
    "object": "rows = rows.map(Cut(cfg['asked']))",
    "sorted": "rows = sorted(rows, key=lambda row: len(row['text']) * cfg['asked'])",
    "max": "print(max(rows, key=lambda row: len(row['text']) * cfg['asked']))",
    "hook": "AutoModel.from_pretrained(cfg['name']).register_forward_hook(lambda m, i, o: o * cfg['asked'])",
}


def dead(result: Result) -> list[str]:
    return [one.key or "" for one in result.outcome.findings if one.name == "dead-field"]


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_what_a_callback_reads_is_used(project: Check, use: str) -> None:
    files = {"train.py": HEAD + use + TAIL.format(more=""), "c.yaml": CONFIG}
    assert dead(project(files, "train.py", "c.yaml")) == []


def test_metrics_are_called_by_the_trainer(project: Check) -> None:
    metrics = "def metrics(p):\n    return {'share': float((p.predictions > cfg['asked']).mean())}\n"
    files = {"train.py": HEAD + metrics + TAIL.format(more=", compute_metrics=metrics"), "c.yaml": CONFIG}
    assert dead(project(files, "train.py", "c.yaml")) == []


def test_a_function_that_nobody_gets_is_not_called(project: Check) -> None:
    lone = "def lone(row):\n    return row * cfg['asked']\n"
    files = {"train.py": HEAD + lone + TAIL.format(more=""), "c.yaml": CONFIG}
    assert dead(project(files, "train.py", "c.yaml")) == ["asked"]


GLINER = """\
import yaml
from gliner import GLiNER

cfg = yaml.safe_load(open("c.yaml"))
model = GLiNER.from_pretrained("x")
model.train_model([], [], output_dir="o", {more})
{then}
"""


def test_a_method_of_a_library_gets_its_receiver(project: Check) -> None:
    files = {
        "train.py": GLINER.format(more="max_steps=cfg['steps']", then="model.save_pretrained(cfg['out'])"),
        "c.yaml": "steps: 5\nout: o\n",
    }
    for paths in (("train.py",), ("train.py", "c.yaml")):
        found = project(files, *paths).outcome.findings
        assert [(one.name, one.file) for one in found if one.key != "steps"] == []


def test_a_key_on_both_sides_of_an_or_gives_way_to_itself(project: Check) -> None:
    same = "weight_decay=cfg['decay'], others_weight_decay=cfg['decay']"
    other = "weight_decay=cfg['steps'], others_weight_decay=cfg['decay']"
    for more, expected in ((same, False), (other, True)):
        project({"train.py": GLINER.format(more=more, then="")}, "train.py")
        key = trace("train.py").entries[0].key("decay")
        assert key is not None
        assert ("falsy-or" in key.verdicts) is expected
