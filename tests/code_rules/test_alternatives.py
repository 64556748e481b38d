"""Dicts of which one is handed over, helpers that make other things of a key, and what nobody can be denied."""

from collections.abc import Callable

import pytest
from gliner_audit.audit.trace import trace
from gliner_audit.rules import code_desk
from gliner_audit.rules.check import Request, Result, check

Check = Callable[..., Result]

ADAPTERS = """\
import yaml
from peft import LoraConfig, OFTConfig, get_peft_model
from transformers import AutoModelForCausalLM

def build(cfg, model):
    if cfg["kind"] == "lora":
        kwargs = {"r": cfg["rank"], "lora_dropout": cfg["dropout"]}
    elif cfg["kind"] == "oft":
        kwargs = {"r": cfg["rank"], "module_dropout": cfg["dropout"], "oft_block_size": cfg["block"]}
    if cfg["fast"]:
        if cfg["kind"] != "lora":
            raise ValueError("only lora")
        return get_peft_model(model, LoraConfig(**kwargs))
    if cfg["kind"] == "lora":
        return get_peft_model(model, LoraConfig(**kwargs))
    return get_peft_model(model, OFTConfig(**kwargs))

if __name__ == "__main__":
    cfg = yaml.safe_load(open("config.yaml"))
    build(cfg, AutoModelForCausalLM.from_pretrained(cfg["model"]))
"""
MADE = """\
import yaml
from transformers import EarlyStoppingCallback
from elsewhere import ranks

if __name__ == "__main__":
    cfg = yaml.safe_load(open("config.yaml"))
    size = ranks(cfg["patience"])
    place = ranks(size) if size > 1 else 0
    fused = getattr(size, "fused", False)
    EarlyStoppingCallback(early_stopping_patience=cfg["patience"])
"""
VALIDATED = """\
import yaml
from transformers import TrainingArguments

def validate(cfg):
    for name in ("learning_rate", "weight_decay", "max_steps"):
        if cfg[name] < 0:
            raise ValueError(name)

if __name__ == "__main__":
    cfg = yaml.safe_load(open("config.yaml"))
    validate(cfg)
    TrainingArguments(
        "out",
        learning_rate=cfg["learning_rate"],
        weight_decay=cfg["weight_decay"],
        max_steps=cfg["max_steps"],
        seed=cfg["seed"],
    )
"""


def names(result: Result) -> set[tuple[str, str | None]]:
    return {(one.name, one.key) for one in result.outcome.findings}


def test_a_dict_for_another_class_is_not_handed_to_this_one(project: Check) -> None:
    found = names(project({"train.py": ADAPTERS}, "train.py"))
    assert not {key for name, key in found if name == "unknown-key"}


def test_what_a_helper_makes_of_a_key_has_no_default_of_the_key(project: Check) -> None:
    project({"train.py": MADE}, "train.py")
    key = trace("train.py").entries[0].key("patience")
    assert key is not None
    assert [default.value for default in key.defaults if not default.library] == []


def test_a_check_is_missed_only_where_nothing_was_lost(project: Check) -> None:
    assert ("forwarded-but-unvalidated", "seed") in names(project({"train.py": VALIDATED}, "train.py"))
    lost = VALIDATED.replace("    validate(cfg)", "    exec(cfg['code'])\n    validate(cfg)")
    assert ("forwarded-but-unvalidated", "seed") not in names(project({"train.py": lost}, "train.py"))


def test_a_field_that_no_config_sets_is_no_key(project: Check) -> None:
    script = """\
from dataclasses import dataclass, field
from transformers import HfArgumentParser, TrainingArguments
import yaml

@dataclass
class Options:
    length: int = 512
    derived: int = field(default=None, init=False)

if __name__ == "__main__":
    (options,) = HfArgumentParser(Options).parse_dict(yaml.safe_load(open("config.yaml")))
    TrainingArguments("out", max_steps=options.length, save_steps=options.derived or 500)
"""
    assert not {key for _, key in names(project({"train.py": script}, "train.py")) if key == "derived"}


def test_a_walk_says_which_scripts_it_did_not_follow(project: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"scripts/train_{n}.py": VALIDATED for n in (1, 2)}
    assert not [row for row in project(files, "scripts").outcome.abstained if "not followed" in row.reason]
    monkeypatch.setattr(code_desk, "WALK_STEPS", 10)
    left = [row for row in project(files, "scripts").outcome.abstained if "not followed" in row.reason]
    assert [row.file for row in left] == ["scripts/train_2.py"]


def test_a_check_tells_which_script_comes(project: Check) -> None:
    project({"a.py": VALIDATED, "b.py": VALIDATED}, "a.py")
    heard: list[tuple[int, int, str]] = []
    check(Request(("a.py", "b.py")), lambda *row: heard.append(row))
    assert heard == [(0, 2, "a.py"), (1, 2, "b.py")]
