"""Keys that a well-known GLiNER trainer validates and drops: those with a library parameter reach it, others never
"took effect". The Hub is one on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from gliner_audit.runner import hub
from gliner_audit.runner.errors import RunError
from gliner_audit.runner.evidence_loop import PROBES
from gliner_audit.runner.observe import Observed
from gliner_audit.runner.tiny import TinyKit
from small_hub import small_hub

CONFIG = """\
run: {{name: twelve, description: dropped elsewhere, tags: [a, b], seed: 7}}
model: {{model_name: {encoder}, span_mode: markerV0, max_width: 4, hidden_size: 32, max_len: 64}}
data: {{root_dir: out, train_data: {train}}}
training:
  num_steps: 4
  train_batch_size: 8
  lr_encoder: 0.002
  lr_others: 0.002
  save_steps: 2
  size_sup: -1
  shuffle_types: true
  random_drop: true
  dataloader_num_workers: 1
  dataloader_pin_memory: false
  dataloader_persistent_workers: true
  dataloader_prefetch_factor: 3
environment: {{report_to: none, push_to_hub: true, hub_model_id: someone/something, hf_token: hf_0123456789}}
"""
REACHES = {
    "training.dataloader_pin_memory": False,
    "training.dataloader_persistent_workers": True,
    "training.dataloader_prefetch_factor": 3,
    "run.name": "twelve",
    "run.seed": 7,
    "environment.push_to_hub": True,
    "environment.hub_model_id": "someone/something",
}
DEAD = ("training.size_sup", "training.shuffle_types", "training.random_drop")
RECORDED = ("run.description", "run.tags")
NOWHERE = (*DEAD, *RECORDED)


def start(folder: Path, kit: TinyKit, **environment: str) -> subprocess.CompletedProcess[str]:
    (folder / "twelve.yaml").write_text(CONFIG.format(encoder=kit.encoder, train=kit.train))
    known = {name: value for name, value in os.environ.items() if name not in ("HF_HUB_OFFLINE", "HF_TOKEN")}
    command = [sys.executable, "-m", "gliner_audit", "run", "twelve.yaml", "--device", "cpu"]
    return subprocess.run(
        command, cwd=folder, env=known | environment, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.mark.train
def test_seven_of_twelve_reach_the_library_and_five_reach_nothing(deberta: TinyKit, tmp_path: Path) -> None:
    with small_hub() as there:
        done = start(tmp_path, deberta, HF_ENDPOINT=there.url, HF_HOME=str(tmp_path / "home"))
    assert done.returncode == 0, done.stdout + done.stderr
    tree = json.loads((tmp_path / "out" / "receipt.json").read_text())
    rows = {row["key"]: row for row in tree["keys"]}
    assert {key: rows[key]["at_sink"] for key in REACHES} == REACHES
    effective = {key: rows[key].get("effective") for key in REACHES if rows[key]["verdict"] == "took effect"}
    # only a tracker reads a run's name, and report_to names none
    assert effective == {key: value for key, value in REACHES.items() if key != "run.name"}
    assert "report_to names none" in rows["run.name"]["evidence"]
    assert rows["environment.push_to_hub"]["evidence"] == "the model was uploaded to someone/something"
    assert {key for key in NOWHERE if rows[key]["verdict"] == "no effect"} == set(DEAD)
    assert {key for key in NOWHERE if rows[key]["verdict"] == "not observed"} == set(RECORDED)
    assert {rows[key]["at_sink"] for key in NOWHERE} == {None}
    assert there.made == ["someone/something"]
    assert there.files["pytorch_model.bin"] == (tmp_path / "out" / "pytorch_model.bin").read_bytes()
    assert "hf_0123456789" not in (tmp_path / "out" / "receipt.json").read_text()


def test_an_offline_push_is_refused_before_anything_is_loaded(deberta: TinyKit, tmp_path: Path) -> None:
    done = start(tmp_path, deberta, HF_HUB_OFFLINE="1")
    assert done.returncode == 2, done.stderr
    assert "push_to_hub: true, and HF_HUB_OFFLINE=1 forbids to reach the Hub" in done.stdout
    tree = json.loads((tmp_path / "out" / "receipt.json").read_text())
    assert tree["exit"]["code"] == 2
    assert tree["exit"]["reason"].startswith("refused: push_to_hub: true")


def test_a_failed_upload_is_no_effect_that_anyone_claims() -> None:
    seen, said = Observed(steps=4, model={"hub_model_id": "a/b"}), list[str]()
    trainer: Any = SimpleNamespace(_finish_current_push=lambda: 1 / 0)
    hub.upload(trainer, "out", seen, said.append)
    assert said == ["not on the Hub: division by zero"]
    evidence = PROBES["push_to_hub"](seen, True, {})
    assert evidence is not None
    assert (evidence.verdict, evidence.text) == ("not observed", "an upload failed: division by zero")


def test_a_hub_that_cannot_be_reached_is_said_in_one_line() -> None:
    error = hub.no_repository("a/b", ConnectionError("refused\nmore"))
    assert isinstance(error, RunError)
    assert error.code == 2
    assert "the repository a/b cannot be made or reached (refused)" in str(error)
