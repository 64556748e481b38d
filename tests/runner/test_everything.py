"""A config that sets everything the dialect knows, run for real: every "no effect" of its receipt is a finding of the
lint, nothing that the lint calls dead took effect, and few keys go without a word."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from gliner_audit.rules.check import Request, check
from gliner_audit.rules.index import NAMES
from gliner_audit.runner.tiny import TinyKit
from test_evidence import DEAD, DEAD_MODEL, LIVE, LIVE_MODEL, LORA

pytestmark = pytest.mark.train

# At these values the lint only warns, and so lets the run through.
TOLD = {"label_smoothing_factor": 0.0, "cache_dir": None}
SHIPPED = {"size_sup": -1, "shuffle_types": True, "random_drop": True}
OVERRULED = {
    "max_steps": 2,
    "num_train_epochs": 7,
    "warmup_steps": 1,
    "warmup_ratio": 0.5,
    "others_lr": None,
    "eval_strategy": "no",
    "eval_steps": 3,
    "save_strategy": "no",
    "logging_strategy": "epoch",
    "logging_steps": 3,
}
NEEDS_EVALUATION = ("load_best_model_at_end", "metric_for_best_model", "greater_is_better")


def everything(kit: TinyKit, **training: Any) -> dict[str, Any]:
    """The config; `training` is laid over its training section."""
    moved = ("seed", "report_to", "push_to_hub")
    args = {name: value for name, value in {**LIVE, **DEAD, **TOLD, **SHIPPED}.items() if name not in moved}
    return {
        "run": {"name": "n", "description": "d", "tags": ["a"], "seed": 5},
        "environment": {"report_to": "none", "push_to_hub": False, "hub_model_id": "a/b"},
        "data": {"root_dir": "out", "train_data": str(kit.train), "val_data_dir": str(kit.eval)},
        "model": {"model_name": str(kit.encoder), **LIVE_MODEL, **DEAD_MODEL, "fine_tune": True},
        "lora": {**LORA, "enabled": True},
        "training": {**args, **training},
    }


def receipt_of(config: dict[str, Any], folder: Path) -> tuple[dict[str, dict[str, Any]], set[str]]:
    """Rows by key of a real run, and the keys on which the lint has a word: that of the run, and advice."""
    file = folder / "all.yaml"
    file.write_text(yaml.safe_dump(config, sort_keys=False))
    command = [sys.executable, "-m", "gliner_audit", "run", file.name, "--device", "cpu"]
    done = subprocess.run(command, cwd=folder, env=os.environ, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    tree = json.loads((folder / "out" / "receipt.json").read_text())
    names = tuple(name for name, _ in NAMES.values())
    findings = check(Request((str(file),), select=names, dialect="gliner")).outcome.findings
    said = {finding.key for finding in findings} | {finding["key"] for finding in tree["lint"]["findings"]}
    return {row["key"]: row for row in tree["keys"]}, {key for key in said if key}


def test_every_key_has_its_word(deberta: TinyKit, tmp_path: Path) -> None:
    rows, said = receipt_of(everything(deberta), tmp_path)
    without = {key for key, row in rows.items() if row["verdict"] == "no effect"}
    assert without - said == set()
    effective = {key for key, row in rows.items() if row["verdict"] == "took effect"}
    dead = {f"training.{name}" for name in (*DEAD, *SHIPPED)} | {f"model.{name}" for name in DEAD_MODEL}
    assert effective & dead == set()
    assert dead - without == {"training.cache_dir"}, "null leaves it to the library"
    unseen = [key for key, row in rows.items() if row["verdict"] == "not observed"]
    assert len(unseen) <= 0.2 * len(rows), unseen


def test_what_another_setting_overrules_is_told_by_both(deberta: TinyKit, tmp_path: Path) -> None:
    config = everything(deberta, **OVERRULED)
    config["data"]["val_data_dir"] = None
    for name in NEEDS_EVALUATION:
        del config["training"][name]
    rows, said = receipt_of(config, tmp_path)
    without = {key for key, row in rows.items() if row["verdict"] == "no effect"}
    assert without - said == set()
    overruled = ("num_train_epochs", "warmup_ratio", "others_weight_decay", "eval_steps", "save_steps", "logging_steps")
    assert {f"training.{name}" for name in overruled} <= without
    assert {"run.name", "environment.hub_model_id"} <= without
