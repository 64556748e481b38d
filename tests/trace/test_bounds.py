"""What following a script may cost, and what is said where it ends."""

from pathlib import Path

from gliner_audit.audit.trace import trace
from gliner_audit.audit.trace.flow import EntryFlow

CLEANED = """\
import yaml
from transformers import TrainingArguments

def clean(value):
    if isinstance(value, dict):
        return {k: clean(v) for k, v in value.items()}
    if isinstance(value, list):
        return [clean(v) for v in value]
    if isinstance(value, tuple):
        return tuple(clean(v) for v in value)
    if isinstance(value, set):
        return {clean(v) for v in value}
    return value

if __name__ == "__main__":
    cfg = yaml.safe_load(open("config.yaml"))
    print(clean({"lr": cfg["lr"], "seed": cfg["seed"], "name": str(cfg["name"])}))
    TrainingArguments("out", learning_rate=cfg["lr"], seed=cfg["seed"])
"""


def traced(folder: Path, text: str, steps: int = 40_000) -> EntryFlow:
    script = folder / "train.py"
    script.write_text(text, encoding="utf-8")
    return trace(str(script), root=str(folder), steps=steps).entries[0]


def test_a_recursion_over_nested_values_ends_where_it_adds_nothing(tmp_path: Path) -> None:
    entry = traced(tmp_path, CLEANED)
    assert not entry.exhausted
    assert entry.steps < 500
    lr = entry.key("lr")
    assert lr is not None
    assert [f.param for f in lr.forwarded] == ["learning_rate"]


def test_where_the_budget_ends_is_said_and_nothing_is_denied(tmp_path: Path) -> None:
    entry = traced(tmp_path, CLEANED, steps=20)
    assert entry.exhausted
    assert "the budget of 20 steps was spent before the end" in [trail.reason for trail in entry.lost]
    assert not any(key.state in ("dead", "checked-only") for key in entry.keys)


def test_a_script_gets_so_much_time(tmp_path: Path) -> None:
    from gliner_audit.audit.trace.tracer import trace_script

    script = tmp_path / "train.py"
    script.write_text(CLEANED + "    x = 1\n" * 600, encoding="utf-8")
    (entry,) = trace_script(str(script), None, None, None, str(tmp_path), seconds=0.0).entries
    assert entry.exhausted
    assert "the time for one script was spent before the end" in {trail.reason for trail in entry.gated}
    assert not any(key.state == "dead" for key in entry.keys)
