"""`gliner-audit run` through the command line: every way out has its exit code, one clear line, and a receipt."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from gliner_audit.runner.start import write_config

WITHOUT_TORCH = (
    "from gliner_audit.cli import run; code = run(sys.argv[1:]); sys.exit(99 if 'torch' in sys.modules else code)"
)
SCHEMA = json.loads((Path(__file__).parents[2] / "runner" / "receipt" / "receipt.schema.json").read_text())


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kit")
    write_config(str(folder / "tiny.yaml"), tiny=True)
    return folder


def run(kit: Path, *words: str, code: str = "from gliner_audit.__main__ import main; sys.exit(main())") -> Any:
    command = [sys.executable, "-c", f"import sys; sys.argv[0] = 'gliner-audit'; {code}", *words]
    return subprocess.run(command, cwd=kit, capture_output=True, text=True, timeout=240)


def config(kit: Path, name: str, **edits: str) -> str:
    """A copy of the tiny config with texts replaced."""
    text = (kit / "tiny.yaml").read_text()
    for edit in edits.values():
        old, new = edit.split(" => ")
        assert old in text
        text = text.replace(old, new)
    (kit / name).write_text(text)
    return name


def receipt(folder: Path) -> dict[str, Any]:
    tree: dict[str, Any] = json.loads((folder / "receipt.json").read_text())
    jsonschema.Draft202012Validator(SCHEMA).validate(tree)
    return tree


def test_errors_refuse_before_torch_is_imported(kit: Path) -> None:
    name = config(kit, "broken.yaml", a="masking: none => masking: softmax", b="dropout: 0.1 => dropuot: 0.1")
    done = run(kit, "run", name, "--output-dir", "refused", code=WITHOUT_TORCH)
    assert done.returncode == 1, done.stderr
    assert "masking: softmax" in done.stdout
    assert "dropuot" in done.stdout
    tree = receipt(kit / "refused")
    assert tree["exit"]["code"] == 1
    assert tree["exit"]["reason"].startswith("refused")


def test_data_that_stops_training_refuses(kit: Path) -> None:
    (kit / "bad.jsonl").write_text('{"tokenized_text": ["a", "b"], "ner": [["x", 1, "person"]]}\n{"ner": []}\n')
    name = config(kit, "bad.yaml", a=f"{kit}/tiny/train.jsonl => bad.jsonl")
    done = run(kit, "run", name, "--output-dir", "bad-data")
    assert done.returncode == 5, done.stdout + done.stderr
    assert "bad.jsonl:" in done.stderr
    assert receipt(kit / "bad-data")["exit"]["code"] == 5


def test_missing_data_and_missing_config_are_usage_errors(kit: Path) -> None:
    name = config(kit, "gone.yaml", a=f"{kit}/tiny/train.jsonl => gone.jsonl")
    done = run(kit, "run", name, "--output-dir", "gone")
    assert (done.returncode, "gone.jsonl: no such data file" in done.stderr) == (2, True)
    done = run(kit, "run", "nowhere.yaml")
    assert (done.returncode, done.stderr) == (2, "gliner-audit: nowhere.yaml: no such file\n")


def test_two_output_folders_are_an_error(kit: Path) -> None:
    name = config(kit, "two.yaml", a="  seed: 42 =>   seed: 42\n  output_dir: elsewhere")
    done = run(kit, "run", name)
    assert done.returncode == 1
    assert "both name the output folder" in done.stderr


def test_a_dry_run_plans_without_torch_and_writes_nothing(kit: Path) -> None:
    done = run(kit, "run", "tiny.yaml", "--dry-run", "--output-dir", "dry", code=WITHOUT_TORCH)
    assert done.returncode == 0, done.stderr
    assert "optimiser steps      240" in done.stdout
    assert "train_model would have held other values" in done.stdout
    assert not (kit / "dry").exists()


@pytest.mark.train
def test_a_run_leaves_a_model_and_its_proof(kit: Path) -> None:
    words = ("--set", "training.max_steps=6", "--set", "training.eval_steps=3", "--set", "training.save_steps=3")
    done = run(kit, "run", "tiny.yaml", "--output-dir", "out", *words)
    assert done.returncode == 0, done.stderr
    tree = receipt(kit / "out")
    assert tree["exit"] == {"code": 0, "reason": "finished"}
    verdicts = {row["key"]: row["verdict"] for row in tree["keys"]}
    assert verdicts["training.max_steps"] == verdicts["training.learning_rate"] == "took effect"
    again = run(kit, "run", "tiny.yaml", "--output-dir", "out", *words)
    assert again.returncode == 2
    assert "--resume" in again.stdout + again.stderr
    shown = run(kit, "receipt", "verify", "out")
    assert (shown.returncode, "hold" in shown.stdout) == (0, True)
    (kit / "out" / "gliner_config.json").write_text("{}")
    assert run(kit, "receipt", "verify", "out").returncode == 1
