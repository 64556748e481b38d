"""What travels in one piece or by one of several ways: sections, dicts under a test, layers, later writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from gliner_audit.audit.trace import trace
from gliner_audit.audit.trace.flow import EntryFlow, KeyFlow

LOAD = 'import yaml\nfrom transformers import TrainingArguments\ncfg = yaml.safe_load(open("config.yaml"))\n'


def traced(folder: Path, text: str, config: dict[str, Any] | None = None) -> EntryFlow:
    (folder / "script.py").write_text(text)
    given = {"config.yaml": config} if config else None
    (entry,) = trace(str(folder / "script.py"), configs=given, root=str(folder)).entries
    return entry


def key(entry: EntryFlow, name: str) -> KeyFlow:
    found = entry.key(name)
    assert found is not None, [one.key for one in entry.keys]
    return found


def test_a_section_that_is_handed_over_whole_is_one_row(tmp_path: Path) -> None:
    text = LOAD + (
        "from gliner import GLiNER\nif cfg['model'] is None:\n    raise ValueError('model')\n"
        "GLiNER.from_config(cfg['model'])\nTrainingArguments('o', seed=cfg['seed'])\n"
    )
    config = {"model": {"max_width": 12, "dropout": 0.4}, "seed": 1}
    for given in (None, config):
        entry = traced(tmp_path, text, given)
        assert entry.key("model") is None
        whole = key(entry, "model.*")
        assert whole.state == "forwarded"
        assert [f.sink for f in whole.forwarded] == ["gliner.GLiNER.from_config"]
        assert whole.reads
    parts = [key(entry, name) for name in ("model.max_width", "model.dropout")]
    assert [one.state for one in parts] == ["forwarded", "forwarded"]
    assert not any(one.verdicts for one in entry.keys)


def test_what_one_of_two_dicts_holds_is_there_on_a_condition(tmp_path: Path) -> None:
    text = LOAD + (
        "from peft import LoraConfig\nif cfg['kind'] == 'oft':\n    kw = {'oft_rank': cfg['rank']}\n"
        "else:\n    kw = {'r': cfg['rank']}\nLoraConfig(lora_alpha=cfg['alpha'], **kw)\n"
    )
    entry = traced(tmp_path, text)
    (alpha,) = key(entry, "alpha").forwarded
    assert (alpha.param, alpha.when) == ("lora_alpha", None)
    ways = {way.param: way for way in key(entry, "rank").forwarded}
    assert ways["r"].conditional
    assert "not (cfg['kind'] == 'oft')" in str(ways["r"].when)
    assert "oft_rank" not in ways or ways["oft_rank"].conditional
    (call,) = [one for one in entry.calls if one.sink == "peft.LoraConfig"]
    assert call.complete
    assert {one.param for one in call.arguments if one.maybe} == {"r", "oft_rank"}


@pytest.mark.parametrize("layers", ["OmegaConf.load('config.yaml'), OmegaConf.from_cli()", "OmegaConf.from_cli()"])
def test_layers_of_omegaconf_keep_every_key_and_its_default(tmp_path: Path, layers: str) -> None:
    text = (
        "from omegaconf import OmegaConf\nfrom transformers import TrainingArguments\n"
        "DEFAULTS = {'out': 'runs', 'optim': {'lr': 1e-5, 'decay': 0.1}}\n"
        f"cfg = OmegaConf.merge(OmegaConf.create(DEFAULTS), {layers})\n"
        "TrainingArguments(cfg.out, learning_rate=cfg.optim.lr, weight_decay=cfg.optim.decay, seed=cfg.seed)\n"
    )
    entry = traced(tmp_path, text)
    assert not entry.lost
    found = {
        name: [d.value for d in key(entry, name).defaults if not d.library]
        for name in ("out", "optim.lr", "optim.decay", "seed")
    }
    assert found == {"out": ["runs"], "optim.lr": [1e-5], "optim.decay": [0.1], "seed": []}
    assert all(key(entry, name).state == "forwarded" for name in found)


def test_a_later_write_leaves_the_first_one_unproven(tmp_path: Path) -> None:
    text = LOAD + (
        "args = TrainingArguments('o', seed=cfg['seed'], max_steps=cfg['steps'])\nif cfg['fixed']:\n    args.seed = 1\n"
    )
    entry = traced(tmp_path, text)
    assert [f.confidence for f in key(entry, "seed").forwarded] == ["likely"]
    assert [f.confidence for f in key(entry, "steps").forwarded] == ["proven"]


def test_a_later_write_of_the_key_itself_is_proven(tmp_path: Path) -> None:
    for first in ("seed=cfg['seed']", "max_steps=1"):
        entry = traced(tmp_path, LOAD + f"args = TrainingArguments('o', {first})\nargs.seed = cfg['seed']\n")
        assert {f.confidence for f in key(entry, "seed").forwarded} == {"proven"}


def test_a_constant_written_over_a_key_wins(tmp_path: Path) -> None:
    text = LOAD + "kw = {'max_steps': cfg['steps']}\nkw['max_steps'] = 7\nTrainingArguments('o', **kw)\n"
    entry = traced(tmp_path, text)
    steps = key(entry, "steps")
    assert not steps.forwarded
    assert "overridden-after-read" in steps.verdicts
    assert [(one.param, one.value) for one in entry.hard_coded if one.param == "max_steps"] == [("max_steps", 7)]


def test_a_loop_over_a_range_uses_its_bound(tmp_path: Path) -> None:
    text = LOAD + "for _ in range(cfg['rounds']):\n    TrainingArguments('o', seed=cfg['seed'])\n"
    entry = traced(tmp_path, text)
    assert key(entry, "rounds").state == "used-elsewhere"


def test_a_call_with_values_of_a_config_hides_nothing(tmp_path: Path) -> None:
    text = LOAD + "TrainingArguments('o', seed=cfg['seed'])\nTrainingArguments('o', **cfg['rest'])\n"
    entry = traced(tmp_path, text)
    assert [call.complete for call in entry.calls] == [True, False]


def test_a_seed_of_the_generators_is_not_the_seed_of_the_arguments(tmp_path: Path) -> None:
    text = LOAD + "import random\nrandom.seed(cfg['seed'])\nTrainingArguments('o', max_steps=cfg['steps'])\n"
    assert key(traced(tmp_path, text), "seed").verdicts == ["used-elsewhere-only"]
