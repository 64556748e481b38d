"""Styles of training code that once drew a false finding, each beside a near neighbour that deserves one."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from gliner_audit.rules.check import Result

Check = Callable[..., Result]
OPTIONS = """
import argparse, json
import torch
from pathlib import Path
from transformers import Trainer, TrainingArguments

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--{option}", {how})
    options = parser.parse_args()
    cuda = torch.cuda.is_available()
{body}
"""


def said(result: Result) -> list[tuple[str, str | None]]:
    return [(one.name, one.key) for one in result.outcome.findings if one.severity != "advice"]


def script(option: str, how: str, *body: str) -> dict[str, str]:
    return {"train.py": OPTIONS.format(option=option, how=how, body="\n".join(f"    {line}" for line in body))}


TRAIN = "trainer = Trainer(model=None, args=TrainingArguments('out'))"


@pytest.mark.parametrize(
    ("option", "how", "body"),
    [
        ("fp16", "action='store_true'", ["on = options.fp16 and cuda", "args = TrainingArguments('out', fp16=on)"]),
        (
            "resume",
            "action='store_true'",
            [
                TRAIN,
                "resume_from_checkpoint = None",
                "if options.resume:",
                "    resume_from_checkpoint = max(Path('out').iterdir())",
                "trainer.train(resume_from_checkpoint=resume_from_checkpoint)",
            ],
        ),
        (
            "push_to_hub",
            "default=None",
            [TRAIN, "trainer.train()", "if options.push_to_hub:", "    trainer.model.push_to_hub(options.push_to_hub)"],
        ),
        (
            "save_safetensors",
            "action='store_true'",
            [
                "more = {}",
                "if options.save_safetensors:",
                "    more['save_safetensors'] = True",
                "args = TrainingArguments('out', **more)",
            ],
        ),
    ],
)
def test_a_key_that_decides_its_namesake_is_no_other_use(
    project: Check, option: str, how: str, body: list[str]
) -> None:
    found = said(project(script(option, how, *body), "train.py"))
    assert not [row for row in found if row[1] == option and row[0] != "key-not-in-version"], found


def test_a_flag_that_decides_something_else_is_still_an_other_use(project: Check) -> None:
    body = ["if options.fp16:", "    print('half')", "    torch.set_default_dtype(torch.float16)", TRAIN]
    assert ("used-elsewhere-only", "fp16") in said(project(script("fp16", "action='store_true'", *body), "train.py"))


def test_what_is_only_saved_is_said_to_be(project: Check) -> None:
    body = [TRAIN, "json.dump({'note': options.note}, open('note.json', 'w'))"]
    (found,) = project(script("note", "default='x'", *body), "train.py").outcome.findings
    assert found.name == "dead-field"
    assert "only saved (train.py:13)" in found.message


SETTINGS = """
from dataclasses import dataclass

@dataclass
class Settings:
    learning_rate: float = 1e-4
    shared: int = 4
    lonely: int = 2
"""
USES = """
from settings import Settings
from transformers import Trainer, TrainingArguments

if __name__ == "__main__":
    settings = Settings()
    args = TrainingArguments("out", learning_rate=settings.learning_rate)
    Trainer(model=None, args=args).train()
"""


def test_a_setting_that_another_script_reads_is_not_dead(project: Check) -> None:
    files = {"settings.py": SETTINGS, "train.py": USES, "pyproject.toml": ""}
    assert said(project(files, "train.py")) == [("dead-field", "shared"), ("dead-field", "lonely")]
    files["evaluate.py"] = "from settings import Settings\nprint(Settings().shared)\n"
    assert said(project(files, "train.py")) == [("dead-field", "lonely")]


def test_a_default_that_every_instance_replaces_is_not_dead(project: Check) -> None:
    files = {
        "train.py": SETTINGS
        + USES.replace("from settings import Settings", "from datasets import load_dataset").replace(
            "Settings()",
            "Settings(shared=3, lonely=1)\n    data = load_dataset('x')[: settings.shared + settings.lonely]",
        )
    }
    assert said(project(files, "train.py")) == []


def test_a_helper_denies_nothing_of_what_it_is_handed(project: Check) -> None:
    helper = SETTINGS + (
        "\nfrom peft import LoraConfig\n\ndef adapter(settings: Settings):\n    return LoraConfig(r=settings.shared)\n"
    )
    assert said(project({"helpers.py": helper}, "helpers.py")) == []


def test_a_method_denies_nothing_of_its_arguments(project: Check) -> None:
    text = (
        "from transformers import TrainingArguments\n\n\nclass Task:\n    def __init__(self, samples: int = 3):\n"
        "        self.samples = samples\n\n    def fit(self, where: str, width: int):\n        self.load(width)\n"
        "        return TrainingArguments(where)\n\n    def load(self, width):\n        raise NotImplementedError\n"
    )
    assert said(project({"task.py": text}, "task.py")) == []


MEMBERS = """
import yaml
from transformers import Trainer, TrainingArguments

if __name__ == "__main__":
    cfg = yaml.safe_load(open("c.yaml"))
    rows = [row for row in open("data") if {test}]
    Trainer(model=None, args=TrainingArguments("out", learning_rate=cfg["lr"]), train_dataset=rows).train()
"""


@pytest.mark.parametrize("test", ["row.strip() in cfg['roles']", "row[0] not in (cfg['roles'] or ['a', 'b'])"])
def test_membership_in_a_list_uses_the_list(project: Check, test: str) -> None:
    files = {"train.py": MEMBERS.format(test=test), "c.yaml": "lr: 0.1\nroles: [a, b]\nspare: [a]\n"}
    assert said(project(files, "train.py", "c.yaml")) == [("dead-field", "spare")]


def test_lines_of_data_are_no_config(project: Check) -> None:
    text = """
import json
from transformers import Trainer, TrainingArguments


def validate(rows):
    for row in rows:
        if "entities" not in row:
            raise ValueError("entities")


if __name__ == "__main__":
    rows = [json.loads(line) for line in open("train.jsonl")]
    validate(rows)
    Trainer(model=None, args=TrainingArguments("out"), train_dataset=rows).train()
"""
    assert said(project({"train.py": text}, "train.py")) == []


def test_a_settings_object_that_gives_way_is_no_lost_zero(project: Check) -> None:
    text = SETTINGS + (
        "\nfrom transformers import TrainingArguments\n\ndef fit(config=None):\n    config = config or Settings()\n"
        "    return TrainingArguments('out', learning_rate=config.learning_rate, seed=config.shared)\n"
    )
    assert said(project({"train.py": text}, "train.py")) == []


def test_options_of_an_unknown_call_reach_nothing_for_certain(project: Check) -> None:
    body = [
        "import inspect",
        "from gliner import GLiNER",
        "model = GLiNER.from_pretrained('x')",
        "values = {'weight_decay': options.decay, 'output_dir': 'out'}",
        "given = {}",
        "for name in inspect.signature(model.train_model).parameters:",
        "    if name in values:",
        "        given[name] = values[name]",
        "model.train_model(**given)",
    ]
    found = said(project(script("decay", "type=float, default=0.0", *body), "train.py"))
    assert "falsy-or" not in [name for name, _ in found]


PROBES = {
    "the signature": """
import inspect
more = {"evaluation_strategy": "epoch", "seed": 3}
known = inspect.signature(TrainingArguments.__init__).parameters
args = TrainingArguments("out", **{k: v for k, v in more.items() if k in known})
""",
    "the refusal": """
try:
    args = TrainingArguments("out", evaluation_strategy="epoch")
except TypeError:
    args = TrainingArguments("out", eval_strategy="epoch")
""",
}


@pytest.mark.parametrize("how", PROBES)
def test_a_name_that_the_code_fits_to_the_version_is_no_mistake(project: Check, how: str) -> None:
    head = "from transformers import Trainer, TrainingArguments\n"
    tail = "Trainer(model=None, args=args).train()\n"
    assert ("key-not-in-version", "evaluation_strategy") not in said(
        project({"train.py": head + PROBES[how] + tail}, "train.py")
    )
    caught = PROBES["the refusal"].replace("TypeError", "ImportError")
    assert ("key-not-in-version", "evaluation_strategy") in said(
        project({"train.py": head + caught + tail}, "train.py")
    )


def test_a_pin_older_than_all_that_is_known_leaves_names_alone(project: Check) -> None:
    text = (
        "from transformers import Trainer, TrainingArguments\n"
        "Trainer(model=None, args=TrainingArguments('out', evaluation_strategy='epoch')).train()\n"
    )
    for pin, count in (("transformers==4.12.5", 0), ("transformers~=4.12.5", 0), ("transformers>=4.12.5", 1)):
        result = project({"train.py": text, "requirements.txt": pin + "\n"}, "train.py", given={})
        assert [name for name, _ in said(result)].count("key-not-in-version") == count, pin


def test_a_parser_that_reads_its_own_fields(project: Check) -> None:
    text = """
from dataclasses import dataclass
from trl import SFTConfig, SFTTrainer, TrlParser


@dataclass
class Script:
    config: str = None
    dataset_name: str = "x"
    spare: int = 1


if __name__ == "__main__":
    script, args = TrlParser((Script, SFTConfig)).parse_args_and_config()
    SFTTrainer("model", args=args, train_dataset=script.dataset_name).train()
"""
    assert said(project({"train.py": text}, "train.py")) == [("dead-field", "spare")]


def notebook(*cells: str) -> str:
    made = [{"cell_type": "code", "source": cell.splitlines(keepends=True), "metadata": {}} for cell in cells]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)


TRAINS = (
    "from transformers import Trainer, TrainingArguments\n"
    "args = TrainingArguments('out', learning_rate='fast')\nTrainer(model=None, args=args).train()"
)


@pytest.mark.parametrize(
    "cell",
    [
        '%pip install --quiet \\\n    "transformers==5.0" \\\n    "peft"',
        "!nvidia-smi",
        "files = !ls\ntrain?",
        'prompt = """What is this?\n! no shell\n% no magic\n"""',
        "%%bash\nfor f in *; do echo $f; done",
    ],
)
def test_magics_of_a_notebook(project: Check, cell: str) -> None:
    result = project({"train.ipynb": notebook(cell, TRAINS)}, "train.ipynb")
    assert said(result) == [("wrong-type", "learning_rate")], result.outcome.findings


def test_a_timed_cell_is_code(project: Check) -> None:
    assert said(project({"train.ipynb": notebook("%%time\n" + TRAINS)}, "train.ipynb")) == [
        ("wrong-type", "learning_rate")
    ]


def test_what_is_no_python_is_shown_where_it_stands(project: Check) -> None:
    text = notebook("x = 1", "y = (")
    (found,) = project({"train.ipynb": text}, "train.ipynb").outcome.findings
    assert found.name == "cannot-be-read"
    assert "y = (" in text.splitlines()[found.line - 1]


def test_slices_among_indices_lose_nothing(project: Check) -> None:
    body = ["import numpy", "rows = numpy.zeros((4, 4))[:, 1:]", TRAIN]
    assert said(project(script("spare", "default=1", *body), "train.py")) == [("dead-field", "spare")]


def test_words_that_are_handed_to_the_parser_are_used(project: Check) -> None:
    text = (
        "import argparse\nfrom transformers import Trainer, TrainingArguments\n\n\n"
        "def main(argv: list[str] | None = None):\n"
        "    parser = argparse.ArgumentParser()\n    parser.add_argument('--seed', type=int, default=1)\n"
        "    args = TrainingArguments('out', seed=parser.parse_args(argv).seed)\n"
        "    Trainer(model=None, args=args).train()\n"
    )
    assert said(project({"train.py": text}, "train.py")) == []


def test_a_level_of_logging_is_used(project: Check) -> None:
    body = ["import logging", "logging.basicConfig(level=options.level)", TRAIN]
    how = "choices=['INFO', 'DEBUG'], default='INFO'"
    assert said(project(script("level", how, *body), "train.py")) == []


def test_an_alias_or_the_name_itself_maps_nothing_away(project: Check) -> None:
    body = [
        "name = {'quick': 'linear'}.get(options.schedule, options.schedule)",
        "args = TrainingArguments('out', lr_scheduler_type=name)",
    ]
    how = "choices=['quick', 'cosine'], default='quick'"
    assert said(project(script("schedule", how, *body), "train.py")) == []


def test_a_setting_that_a_script_of_another_folder_reads_is_not_dead(project: Check) -> None:
    use = "import sys\nsys.path.append('..')\n" + USES.replace("from settings", "from common.settings")
    files = {
        "common/__init__.py": "",
        "common/settings.py": SETTINGS,
        "demo/train.py": use,
        "demo/requirements.txt": "",
        "other/evaluate.py": "from common.settings import Settings\nprint(Settings().shared, Settings().lonely)\n",
    }
    assert "dead-field" not in [name for name, _ in said(project(files, "demo/train.py"))]


def test_what_stands_for_another_key_is_no_value(project: Check) -> None:
    config = "seed: ${seeds.first}\noutput_dir: out\nlearning_rate: 0.1\neval_strategy: ${how}\nreport_to: ${where}\n"
    assert said(project({"c.yaml": config}, "c.yaml")) == []
    assert said(project({"c.yaml": config.replace("${how}", "sometimes")}, "c.yaml")) == [
        ("not-a-choice", "eval_strategy")
    ]
