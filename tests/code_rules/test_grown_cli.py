"""The facts of a hand-made audit, on a trainer of our own that is built the same way: found by name, key and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from gliner_audit.audit.trace import trace
from gliner_audit.audit.trace.flow import EntryFlow

SCRIPT = Path(__file__).parent / "grown_cli" / "launcher.py"
LINES = SCRIPT.read_text(encoding="utf-8").splitlines()
FORWARDED = {
    "data.train_data": "train_dataset",
    "training.num_steps": "max_steps",
    "training.scheduler_type": "lr_scheduler_type",
    "training.lr_encoder": "learning_rate",
    "training.lr_others": "others_lr",
    "training.weight_decay_other": "others_weight_decay",
    "training.masking": "masking",
}
NOT_FORWARDED = ("run.name", "run.tags", "run.seed", "training.dataloader_pin_memory", "training.size_sup")
DEAD = ("run.name", "run.tags", "training.dataloader_pin_memory", "training.size_sup", "environment.push_to_hub")


@pytest.fixture(scope="module")
def entry() -> EntryFlow:
    (found,) = trace(str(SCRIPT)).entries
    return found


def line_of(text: str) -> int:
    (number,) = [number for number, line in enumerate(LINES, 1) if text in line]
    return number


@pytest.mark.parametrize(("key", "param"), FORWARDED.items())
def test_what_is_forwarded_is_forwarded_at_its_line(entry: EntryFlow, key: str, param: str) -> None:
    flow = entry.key(key)
    assert flow is not None
    hops = [hop for hop in flow.forwarded if hop.sink == "gliner.GLiNER.train_model" and hop.param == param]
    leaf = key.split(".")[1]
    assert [hop.site.line for hop in hops] == [max(n for n, line in enumerate(LINES, 1) if f'"{leaf}"]' in line)]
    assert (flow.state, flow.confidence) == ("forwarded", "proven")


@pytest.mark.parametrize("key", NOT_FORWARDED)
def test_what_is_validated_and_dropped_is_named(entry: EntryFlow, key: str) -> None:
    flow = entry.key(key)
    assert flow is not None
    assert "validated-but-not-forwarded" in flow.verdicts
    assert flow.answers["forwarded"].value == "no"
    assert [row.site.line for row in flow.declared] == [line_of(f'("{key}"')]


def test_what_nothing_uses_is_dead_and_nothing_else(entry: EntryFlow) -> None:
    assert {flow.key for flow in entry.keys if "dead-field" in flow.verdicts} == set(DEAD)


def test_the_seed_is_used_elsewhere_only(entry: EntryFlow) -> None:
    flow = entry.key("run.seed")
    assert flow is not None
    assert "used-elsewhere-only" in flow.verdicts
    assert any(use.site.line == line_of("torch.manual_seed") for use in flow.other_uses)


def test_a_switch_is_used_as_it_should_be(entry: EntryFlow) -> None:
    flow = entry.key("lora.enabled")
    assert flow is not None
    assert flow.state == "used-elsewhere"
    assert not {"dead-field", "validated-but-not-forwarded", "used-elsewhere-only"} & set(flow.verdicts)


def test_a_zero_is_replaced_and_a_task_mapped_away(entry: EntryFlow) -> None:
    verdicts = {flow.key: set(flow.verdicts) for flow in entry.keys}
    assert "falsy-or" in verdicts["training.weight_decay_other"]
    assert "value-mapped-away" in verdicts["lora.task_type"]
    assert [(one.param, one.value) for one in entry.hard_coded if one.param == "output_dir"] == [("output_dir", "out")]
