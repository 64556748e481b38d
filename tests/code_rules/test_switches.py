"""Keys that a script obeys by what it does itself, and keys named like a parameter that takes an object."""

from __future__ import annotations

from collections.abc import Callable

from gliner_audit.rules.check import Result

Check = Callable[..., Result]
HEAD = "import yaml\nfrom transformers import Trainer, TrainingArguments\n"
LOAD = 'with open("config.yaml") as file:\n    cfg = yaml.safe_load(file)\n'
RUN = 'trainer = Trainer(model=None, args=TrainingArguments("out"{more}), train_dataset=[1], eval_dataset=[1])\n'


def said(result: Result) -> set[tuple[str, str | None]]:
    return {(one.name, one.key) for one in result.outcome.findings}


def test_switches_that_decide_a_branch_of_the_script(project: Check) -> None:
    text = HEAD + LOAD + RUN.format(more="")
    text += 'if cfg["do_train"]:\n    trainer.train()\n'
    text += 'if cfg["do_eval"]:\n    print(trainer.evaluate())\n'
    text += 'scores = trainer.predict([1]) if cfg["do_predict"] else None\n'
    text += 'if cfg["push_to_hub"]:\n    print("to be pushed by hand", scores)\n'
    config = "do_train: true\ndo_eval: true\ndo_predict: true\npush_to_hub: true\n"
    result = project({"train.py": text, "config.yaml": config}, "train.py", "config.yaml")
    assert said(result) == set()


def test_an_option_to_start_from_a_checkpoint_that_the_script_looks_for(project: Check) -> None:
    text = "import argparse\nimport os\nfrom gliner import GLiNER\n"
    text += 'parser = argparse.ArgumentParser()\nparser.add_argument("--model", default="x")\n'
    text += 'parser.add_argument("--resume", action="store_true")\nargs = parser.parse_args()\nstart = args.model\n'
    text += 'if args.resume:\n    start = max(os.listdir("out"))\n'
    text += 'GLiNER.from_pretrained(start).train_model([], [], output_dir="out")\n'
    assert said(project({"train.py": text}, "train.py")) == set()


def test_an_option_that_only_checks_that_there_is_a_checkpoint(project: Check) -> None:
    text = "import argparse\nimport os\nfrom gliner import GLiNER\n"
    text += 'parser = argparse.ArgumentParser()\nparser.add_argument("--resume", action="store_true")\n'
    text += 'args = parser.parse_args()\nif args.resume:\n    found = os.listdir("out")\n'
    text += '    if not found:\n        raise SystemExit("nothing to resume")\n'
    text += 'GLiNER.from_pretrained("x").train_model([], [], output_dir="out")\n'
    assert said(project({"train.py": text}, "train.py")) == {("used-elsewhere-only", "resume")}


def test_a_switch_of_the_library_itself_is_to_be_handed_over(project: Check) -> None:
    text = HEAD + LOAD + RUN.format(more="") + 'if cfg["bf16"]:\n    print("half")\ntrainer.train()\n'
    result = project({"train.py": text, "config.yaml": "bf16: true\n"}, "train.py", "config.yaml")
    assert said(result) == {("used-elsewhere-only", "bf16")}


def test_a_literal_beside_the_switch(project: Check) -> None:
    text = HEAD + LOAD + RUN.format(more=", push_to_hub=True") + "trainer.train()\n"
    text += 'if cfg["push_to_hub"]:\n    print("pushed")\n'
    result = project({"train.py": text, "config.yaml": "push_to_hub: false\n"}, "train.py", "config.yaml")
    assert ("hard-coded-ignores-key", "push_to_hub") in said(result)


OBJECT = """
from pathlib import Path
import click
import yaml
from transformers import AutoConfig, AutoModelForTokenClassification, Trainer, TrainingArguments


@click.command()
@click.argument("config", type=click.Path(exists=True))
def main(config):
    cfg = yaml.safe_load(Path(config).read_text())
    hf = AutoConfig.from_pretrained("x")
    model = AutoModelForTokenClassification.from_pretrained("x", config=hf)
    Trainer(model=model, args=TrainingArguments(output_dir="o", seed=cfg["seed"])).train()


main()
"""


def test_a_path_named_like_a_parameter_that_takes_an_object(project: Check) -> None:
    result = project({"train.py": OBJECT, "config.yaml": "seed: 5\n"}, "train.py", "config.yaml")
    assert said(result) == set()
