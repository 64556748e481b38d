"""A run that has everything: a config with secrets, a lint, a data check, a plan, progress with keys and losses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from gliner_audit.rules.check import Request, check, plan_of
from gliner_audit.runner import datacheck
from gliner_audit.runner.protocols import Progress
from gliner_audit.runner.receipt import Facts, Receipt

TOKEN = "hf_" + "abcdefgh" * 4
CONFIG = f"""\
model:
  model_name: encoder
  max_width: 3
data:
  root_dir: out
  train_data: train.jsonl
  val_data_dir: "none"
training:
  num_steps: 100
  train_batch_size: 4
  lr_encoder: 1.0e-5
  lr_others: 5.0e-5
  hub_token: {TOKEN}
"""


class Folder:
    """A project folder with a run's files."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.out = root / "out"
        self.config = root / "config.yaml"
        self.config.write_text(CONFIG, encoding="utf-8")
        self.train = root / "train.jsonl"
        rows = [{"tokenized_text": ["Ada", "sat", str(index)], "ner": [[0, 0, "person"]]} for index in range(9)]
        self.train.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")

    def facts(self, **more: Any) -> Facts:
        """Facts of a lint, a data check and a plan that were really made."""
        outcome = check(Request((str(self.config),))).outcome
        report = datacheck.check(str(self.train), None, datacheck.Settings(max_width=3))
        made = {"lint": outcome, "data": report, "plan": plan_of(str(self.config), examples=9), **more}
        return Facts(str(self.config), self.config.read_text(), **made)

    def receipt(self, **more: Any) -> Receipt:
        return Receipt(str(self.out), self.facts(**more))

    def read(self, name: str = "receipt.json") -> dict[str, Any]:
        tree = json.loads((self.out / name).read_text(encoding="utf-8"))
        assert isinstance(tree, dict)
        return tree

    def weights(self, content: bytes = b"weights") -> None:
        self.out.mkdir(exist_ok=True)
        (self.out / "pytorch_model.bin").write_bytes(content)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    return Folder(tmp_path)


def row(key: str, value: Any, verdict: str = "took effect", **more: Any) -> dict[str, Any]:
    """A row of keys as the engine draws it up."""
    filled = {"requested": value, "planned": value, "at_sink": value, "derived_from": None, "source": "config.yaml"}
    if verdict == "took effect":
        filled["effective"] = value
    return {"key": key, "set": True, **filled, "consumed_by": [], "verdict": verdict, "evidence": "seen", **more}


@pytest.fixture
def progress() -> Callable[..., Progress]:
    """Progress of a run with `done` of 100 steps, one loss every ten."""

    def make(done: int = 100, start: int = 0, **more: Any) -> Progress:
        fields: dict[str, Any] = {
            "steps_planned": 100,
            "steps_done": done,
            "from_step": start,
            "device": "cpu",
            "losses": [{"step": step, "loss": 100.0 / step} for step in range(start + 10, done + 1, 10)],
            "metrics": {"eval_f1": 0.5},
            "seeds": {"seed": 42},
            "keys": [row("training.lr_encoder", 1e-5), row("training.hub_token", TOKEN, "not observed")],
            "files": ["pytorch_model.bin"],
            "seconds": 2.5,
        }
        return Progress(**{**fields, **more})

    return make
