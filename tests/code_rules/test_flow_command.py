"""`flow`: the table, one key in full, and JSON to the contract."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from gliner_audit.audit.project.walk import NoSuchPath
from gliner_audit.report.flow import json_text, passport, table
from gliner_audit.rules.flow_of import NoSuchKey, NotTraced, flow_of

SCRIPT = """\
import yaml
from transformers import Trainer, TrainingArguments


def main(cfg):
    args = TrainingArguments("out", learning_rate=float(cfg["lr"]), max_steps=cfg.get("steps", 100))
    Trainer(model=None, args=args).train()


if __name__ == "__main__":
    main(yaml.safe_load(open("config.yaml")))
"""
GIVEN = {"transformers": "5.16.1", "gliner": "0.2.29", "peft": "0.21.2"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "train.py").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "given.yaml").write_text("lr: 1.0e-5\nunused: 1\n", encoding="utf-8")
    return tmp_path


def test_json_is_what_the_contract_says(shared_contract: dict[str, object]) -> None:
    import jsonschema

    flow, against = flow_of("train.py", None, ["given.yaml"], None, GIVEN)
    document = json.loads(json_text(flow, against))
    jsonschema.validate(document, shared_contract)
    keys = {row["key"]: row for row in document["entries"][0]["keys"]}
    assert {(f["sink"], f["param"], f["line"]) for f in keys["lr"]["forwarded"]} == {
        ("transformers.TrainingArguments", "learning_rate", 6)
    }
    assert keys["unused"]["state"] == "dead"
    assert keys["unused"]["declared"] == [{"file": "given.yaml", "line": 2, "by": "given.yaml"}]
    assert document["against"]["gliner"] == {"version": "0.2.29", "from": "--with"}


def test_the_table_has_a_row_for_each_key() -> None:
    flow, against = flow_of("train.py", None, [], None, GIVEN)
    text = table(flow, against)
    assert "entry __main__" in text
    (row,) = [line for line in text.split("\n") if line.startswith("steps")]
    assert "TrainingArguments.max_steps" in row
    assert "forwarded" in row
    assert "train.py:6  output_dir=out" in text


def test_a_passport_shows_the_trail() -> None:
    flow, _ = flow_of("train.py", None, [], "lr", GIVEN)
    text = passport(flow, "lr")
    assert text.startswith("lr, entry __main__\n")
    assert "train.py:6  → transformers.TrainingArguments, parameter learning_rate (proven)" in text


def test_what_cannot_be_traced_is_one_line() -> None:
    with pytest.raises(NoSuchPath, match=r"none\.py"):
        flow_of("none.py", None, [], None, GIVEN)
    with pytest.raises(NotTraced, match="nofunction"):
        flow_of("train.py", "nofunction", [], None, GIVEN)
    with pytest.raises(NoSuchKey, match="nokey"):
        flow_of("train.py", None, [], "nokey", GIVEN)
    Path("broken.py").write_text("def (", encoding="utf-8")
    with pytest.raises(NotTraced, match="no Python"):
        flow_of("broken.py", None, [], None, GIVEN)
