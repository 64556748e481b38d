"""A call is a config: literal arguments at training calls are linted where they stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from gliner_audit.rules.check import Result
from gliner_audit.schemas import catalog

Check = Callable[..., Result]
HEAD = "from transformers import Trainer, TrainingArguments\nfrom peft import LoraConfig\n\n"
SCRIPT = HEAD + (
    'args = TrainingArguments(\n    output_dir="out",\n    {argument},\n)\nTrainer(model=None, args=args).train()\n'
)


def rows(result: Result) -> list[tuple[str, str, int, int]]:
    return [(one.name, one.key or "", one.line, one.column) for one in result.outcome.findings]


def test_a_name_that_the_version_lacks(project: Check) -> None:
    result = project({"train.py": SCRIPT.replace("{argument}", 'evaluation_strategy="epoch"')}, "train.py")
    assert rows(result) == [("key-not-in-version", "evaluation_strategy", 6, 5)]
    assert "epoch" in result.outcome.findings[0].message
    assert result.code == 1


def test_text_where_a_number_belongs_is_no_number_in_code(project: Check) -> None:
    result = project({"train.py": SCRIPT.replace("{argument}", 'learning_rate="5e-5"')}, "train.py")
    assert rows(result) == [("text-number", "learning_rate", 6, 19)]
    assert result.outcome.findings[0].severity == "error"


def test_a_misspelt_parameter_of_lora(project: Check) -> None:
    script = SCRIPT.replace("{argument}", "seed=7") + 'LoraConfig(r=8, lora_alpah=16, target_modules=["query"])\n'
    (found,) = rows(project({"train.py": script}, "train.py"))
    assert found[:2] == ("unknown-key", "lora_alpah")


def test_a_value_that_is_not_known_is_not_judged(project: Check) -> None:
    argument = 'learning_rate=__import__("os").environ["LR"], lr_scheduler_type=pick()'
    script = SCRIPT.replace("{argument}", argument).replace("args =", "from choices import pick\n\nargs =")
    assert rows(project({"train.py": script}, "train.py")) == []


def test_a_clean_call_is_clean(project: Check) -> None:
    argument = 'learning_rate=5e-5, eval_strategy="steps", eval_steps=100, num_train_epochs=3'
    assert rows(project({"train.py": SCRIPT.replace("{argument}", argument)}, "train.py")) == []


def test_a_comment_silences_a_finding_in_code(project: Check) -> None:
    script = SCRIPT.replace(
        "    {argument},\n", "    # gliner-audit: ignore[GA102] pinned\n    evaluation_strategy='epoch',\n"
    )
    result = project({"train.py": script}, "train.py")
    (found,) = result.outcome.findings
    assert found.suppressed is not None
    assert found.suppressed.reason == "pinned"
    assert result.code == 0


def test_a_script_that_trains_nothing_says_nothing(project: Check) -> None:
    result = project({"tool.py": "import argparse\nargparse.ArgumentParser().add_argument('--x')\n"}, "tool.py")
    assert result.outcome.findings == ()
    assert [(row.file, row.kind) for row in result.outcome.inputs] == [("tool.py", "script")]


def test_a_script_that_is_no_python_is_one_finding(project: Check) -> None:
    (found,) = rows(project({"train.py": "def main(:\n    pass\n"}, "train.py"))
    assert found[:3] == ("cannot-be-read", "", 1)


def test_a_call_in_a_notebook_is_placed_in_the_file(project: Check) -> None:
    import json

    code = [
        "from transformers import Trainer, TrainingArguments\n",
        'args = TrainingArguments("out", learning_rate="5e-5")\n',
    ]
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": code}]
    text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)
    result = project({"train.ipynb": text}, "train.ipynb")
    (found,) = result.outcome.findings
    line = text.split("\n")[found.line - 1]
    assert found.name == "text-number"
    assert line[found.column - 1 : found.end_column - 1] == '\\"5e-5\\"'
    assert [(row.file, row.kind) for row in result.outcome.inputs] == [("train.ipynb", "notebook")]


SUBCLASS = "from trl import SFTConfig, SFTTrainer\n\nargs = SFTConfig({argument})\nSFTTrainer('m', args=args).train()\n"


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ('evaluation_strategy="epoch"', [("key-not-in-version", "evaluation_strategy")]),
        ('learning_rate="2e-4"', [("text-number", "learning_rate")]),
        ('save_strategy="epochs"', [("not-a-choice", "save_strategy")]),
        ("max_length=1024, packing=True, learning_rat=1e-4", []),
        ("bf16=None, gradient_checkpointing=None", []),
        ('load_best_model_at_end=True, save_strategy="epoch", eval_strategy="steps"', []),
    ],
)
def test_a_subclass_is_judged_by_what_it_inherits_alone(project: Check, argument: str, expected: list[object]) -> None:
    script = SUBCLASS.replace("{argument}", argument)
    assert [row[:2] for row in rows(project({"train.py": script}, "train.py"))] == expected


def test_messages_spell_arguments_as_python_does(project: Check) -> None:
    script = SCRIPT.replace("{argument}", 'evaluation_strategy="no"') + "LoraConfig(target_module=['q'], bias=True)\n"
    surface = f"transformers.TrainingArguments {catalog.newest('transformers')}"
    said = {one.name: (one.message, one.help) for one in project({"train.py": script}, "train.py").outcome.findings}
    assert said["key-not-in-version"] == (
        f'`evaluation_strategy="no"` is no parameter of {surface}: renamed to `eval_strategy`',
        'write `eval_strategy="no"`',
    )
    assert said["unknown-key"] == (
        "unknown argument of peft.LoraConfig: `target_module=['q']`; did you mean `target_modules`?",
        "write `target_modules=['q']`",
    )


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ('learning_rate=rate(), load_best_model_at_end=True, save_strategy="epoch"', ["best-model-unmatched"]),
        ('eval_strategy=rate(), load_best_model_at_end=True, save_strategy="epoch"', []),
        ('load_best_model_at_end=rate(), save_strategy="epoch"', []),
        ('**rate(), load_best_model_at_end=True, save_strategy="epoch"', []),
    ],
)
def test_constants_are_judged_together_though_another_argument_is_not_known(
    project: Check, argument: str, expected: list[str]
) -> None:
    script = "from rates import rate\n" + SCRIPT.replace("{argument}", argument)
    assert [row[0] for row in rows(project({"train.py": script}, "train.py"))] == expected


FILTERED = """\
import dataclasses, inspect, yaml
from transformers import TrainingArguments

cfg = yaml.safe_load(open("config.yaml"))
{how}
"""
CONFIG = "output_dir: out\nlearning_rate: 1.0e-4\nlr_rate: 3.0e-4\n"


FILTERS = {
    "comprehension": """
known = {f.name for f in dataclasses.fields(TrainingArguments)}
TrainingArguments(**{k: v for k, v in cfg.items() if k in known})""",
    "loop": """
names = inspect.signature(TrainingArguments).parameters
given = {}
for k, v in cfg.items():
    if k in names:
        given[k] = v
TrainingArguments(**given)""",
    "setattr": """
args = TrainingArguments(output_dir="out")
for k, v in cfg.items():
    if hasattr(args, k):
        setattr(args, k, v)""",
    "either name": """
names = inspect.signature(TrainingArguments).parameters
given = dict(output_dir="out")
given["eval_strategy" if "eval_strategy" in names else "evaluation_strategy"] = "epoch"
TrainingArguments(**given)""",
}


@pytest.mark.parametrize("how", FILTERS.values(), ids=FILTERS)
def test_what_a_filter_may_keep_back_is_no_unknown_argument(project: Check, how: str) -> None:
    files = {"train.py": FILTERED.replace("{how}", how), "config.yaml": CONFIG}
    found = project(files, "train.py", "config.yaml").outcome.findings
    assert [(one.name, one.key) for one in found if one.severity == "error"] == []


@pytest.mark.parametrize(
    ("line", "name", "said"),
    [
        ("lr_rate: 3.0e-4", "unknown-key", "refuses what it does not know"),
        ("learning_rte: 3.0e-4", "unknown-key", "did you mean `learning_rate`?"),
        ("evaluation_strategy: epoch", "key-not-in-version", "renamed to `eval_strategy`"),
    ],
)
def test_a_key_that_nothing_keeps_from_a_class_without_it(project: Check, line: str, name: str, said: str) -> None:
    files = {
        "train.py": FILTERED.replace("{how}", "TrainingArguments(**cfg)"),
        "config.yaml": f"output_dir: out\nseed: 1\n{line}\n",
    }
    (found,) = project(files, "train.py", "config.yaml").outcome.findings
    assert (found.name, found.severity, found.file, found.line) == (name, "error", "config.yaml", 3)
    assert said in found.message


def test_adapters_that_are_made_and_saved_may_be_frozen(project: Check) -> None:
    text = (
        "from peft import LoraConfig, get_peft_model\nfrom transformers import AutoModelForCausalLM{more}\n\n"
        'if __name__ == "__main__":\n    model = AutoModelForCausalLM.from_pretrained("a/b")\n'
        '    adapter = LoraConfig(task_type="CAUSAL_LM", r=8, inference_mode=True)\n'
        "    model = get_peft_model(model, adapter)\n    {last}\n"
    )
    saved = text.format(more="", last='model.save_pretrained("out")')
    assert [one.name for one in project({"init.py": saved}, "init.py").outcome.findings] == []
    trained = text.format(more=", Trainer", last="Trainer(model=model).train()")
    assert [one.name for one in project({"train.py": trained}, "train.py").outcome.findings] == ["inference-mode"]
