"""The runner is training code too: its own auditor finds nothing in it, and would."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from gliner_audit.rules.check import Request, check

RUNNER = Path(__file__).parents[2] / "runner"
CARELESS = """

import argparse
from transformers import TrainingArguments


def careless():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--learning_rate", type=float, default=1e-3)
    given = parser.parse_args()
    return TrainingArguments(output_dir="out", learning_rate=given.learning_rate or 1e-5)


if __name__ == "__main__":
    careless()
"""


def test_the_auditor_finds_nothing_in_the_runner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(RUNNER.parent)
    outcome = check(Request((RUNNER.name,))).outcome
    assert [f"{one.file}: {one.message}" for one in outcome.findings] == []
    modules = list(RUNNER.rglob("*.py"))
    assert len(outcome.inputs) >= len(modules) > 50


def test_it_would_find_a_careless_line_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "runner"
    shutil.copytree(RUNNER, copy, ignore=shutil.ignore_patterns("__pycache__"))
    with open(copy / "arguments.py", "a", encoding="utf-8") as file:
        file.write(CARELESS)
    monkeypatch.chdir(tmp_path)
    found = {one.name for one in check(Request((copy.name,))).outcome.findings}
    assert {"falsy-or", "dead-field"} <= found
