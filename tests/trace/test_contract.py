"""The flow as JSON keeps the contract, and names places as the design says."""

import json
from pathlib import Path

import jsonschema
import pytest
from gliner_audit.audit.trace import flow_json, trace

TRAINER = '''\
"""Füße""" ; import os, yaml
from gliner import GLiNER

RULES = [
    ("run.seed", int, False, 42),
    ("run.tags", list, False, []),
    ("training.lr", float, True, None),
    ("training.steps", int, False, 100),
    ("training.size", int, False, -1),
    ("training.kind", str, False, "linear"),
    ("lora.on", bool, False, False),
]
KINDS = {"linear", "cosine", "step"}


def dig(tree, dotted):
    for part in dotted.split("."):
        if not isinstance(tree, dict) or part not in tree:
            return False, None
        tree = tree[part]
    return True, tree


def put(tree, dotted, value):
    *parents, last = dotted.split(".")
    for part in parents:
        if part not in tree:
            tree[part] = {}
        tree = tree[part]
    tree[last] = value


def validate(cfg):
    errors = []
    for name, kind, needed, default in RULES:
        found, value = dig(cfg, name)
        if not found:
            if needed:
                errors.append(f"{name} is missing")
            else:
                put(cfg, name, default)
            continue
        if not isinstance(value, kind):
            errors.append(f"{name}: {value!r}")
    _, kind = dig(cfg, "training.kind")
    if kind not in KINDS:
        errors.append(f"training.kind: {kind!r}")
    return errors


def launch(cfg, out):
    import torch

    torch.manual_seed(cfg["run"]["seed"])
    model = GLiNER.from_config(cfg["model"])
    t = cfg["training"]
    kinds = {"linear": "linear", "cosine": "cosine"}
    model.train_model(
        train_dataset=[],
        eval_dataset=None,
        output_dir="models",
        learning_rate=float(t["lr"]),
        max_steps=t["steps"] or 500,
        lr_scheduler_type=kinds.get(t["kind"], "constant"),
    )


def main():
    with open("config.yaml") as handle:
        cfg = yaml.safe_load(handle) or {}
    if validate(cfg):
        raise SystemExit(1)
    if cfg["lora"]["on"]:
        print("adapters")
    launch(cfg, "runs")


if __name__ == "__main__":
    main()
'''


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "train.py"
    path.write_text(TRAINER)
    return path


def line(text: str) -> int:
    return next(n for n, row in enumerate(TRAINER.splitlines(), 1) if text in row)


def test_json_keeps_the_contract(script: Path, shared: Path) -> None:
    schema = json.loads((shared / "contract" / "flow.schema.json").read_text())
    flow = flow_json(trace(str(script)), {"gliner": {"version": "0.2.29", "from": "--with"}})
    jsonschema.validate(json.loads(json.dumps(flow)), schema)


def test_a_table_declares_validates_and_gives_defaults(script: Path) -> None:
    entry = trace(str(script)).entries[0]
    for name in ("run.tags", "training.size"):
        key = entry.key(name)
        assert key is not None
        assert [(d.site.line, d.by) for d in key.declared] == [(line(f'"{name}"'), "table RULES")]
        assert key.validated
        assert key.state == "checked-only"
        assert key.verdicts == ["validated-but-not-forwarded", "dead-field"]
    steps = entry.key("training.steps")
    assert steps is not None
    own = [d for d in steps.defaults if not d.library]
    assert next((d.layer, d.value, d.line) for d in own) == ("RULES", 100, line('"training.steps"'))


def test_the_chain_through_the_library_is_followed_hop_by_hop(script: Path) -> None:
    entry = trace(str(script)).entries[0]
    key = entry.key("training.lr")
    assert key is not None
    assert key.forwarded[0].sink == "gliner.GLiNER.train_model"
    assert key.forwarded[0].param == "learning_rate"
    assert key.forwarded[0].site.line == line("float(t[")
    assert [f.through for f in key.forwarded][:1] == [()]


def test_verdicts_of_the_worked_cases(script: Path) -> None:
    entry = trace(str(script)).entries[0]
    verdicts = {k.key: k.verdicts for k in entry.keys}
    assert verdicts["run.seed"] == ["validated-but-not-forwarded", "used-elsewhere-only"]
    assert verdicts["lora.on"] == []
    assert "falsy-or" in verdicts["training.steps"]
    assert "value-mapped-away" in verdicts["training.kind"]
    assert [(h.param, h.value) for h in entry.hard_coded if h.param == "output_dir"] == [("output_dir", "models")]
    assert "model.*" in verdicts


def test_a_config_adds_its_keys(script: Path) -> None:
    config = {"model": {"width": 3}, "training": {"lr": 1.0, "nobody": 2}, "other": {"deep": 1}}
    entry = trace(str(script), configs={"config.yaml": config}).entries[0]
    width, nobody, deep = (entry.key(n) for n in ("model.width", "training.nobody", "other.deep"))
    assert width is not None
    assert [(f.sink, f.param) for f in width.forwarded] == [("gliner.GLiNER.from_config", "width")]
    assert nobody is not None
    assert nobody.state == "dead"
    assert deep is not None
    assert deep.verdicts == ["dead-field"]


def test_columns_are_code_points(tmp_path: Path) -> None:
    path = tmp_path / "t.py"
    path.write_text("from transformers import TrainingArguments\nx = 'ää'; TrainingArguments('o', seed=7)\n")
    call = trace(str(path)).entries[0].calls[0]
    seed = next(a for a in call.arguments if a.param == "seed")
    assert (seed.site.line, seed.site.column, seed.site.end_column) == (2, 39, 40)
    assert seed.value == 7
    assert seed.known
