"""Files that are no training config, or not a Trainer's, get no finding, even when they are named."""

from __future__ import annotations

from pathlib import Path

import pytest
from gliner_audit.rules.check import Request, check
from gliner_audit.rules.finding import Finding

TRAINER = "num_train_epochs: 1\nlogging_steps: 5\n"


def findings(tmp_path: Path, name: str, text: str, requirements: str = "") -> tuple[Finding, ...]:
    (tmp_path / ".git").mkdir()
    (tmp_path / "requirements.txt").write_text(requirements)
    (tmp_path / name).write_text(text)
    return check(Request((str(tmp_path / name),))).outcome.findings


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("playbook.yml", "- hosts: all\n  tasks: []\n"),
        ("records.json", '[{"text": "a", "label": 1}]\n'),
        ("tsconfig.json", '{\n  // comments are fine here\n  "compilerOptions": {"strict": true},\n}\n'),
        ("chart.yaml", "{{- if .Values.on }}\napiVersion: v1\nkind: Service\n{{- end }}\n"),
        ("adapter_config.json", '{"peft_type": "IA3", "base_model_name_or_path": "x", "inference_mode": true}'),
        ("own.yaml", "lora_r: 8\nlora_alpha: 16\nlora_dropout: 0.1\nprecision: bf16-true\n"),
        ("loop.yaml", TRAINER + "with_tracking: true\ncheckpointing_steps: 100\nlearning_rate: 1e-5\n"),
        ("script.yaml", TRAINER + "use_lora: true\nlora_rank: 8\ntask_type: chat\nprecision: bf16\n"),
        ("section.yaml", TRAINER + "lora: {rank: 8, alpha: 16, merge: false}\n"),
    ],
)
def test_nothing_is_said(tmp_path: Path, name: str, text: str) -> None:
    assert findings(tmp_path, name, text) == ()


@pytest.mark.parametrize("text", ["", "- learning_rate\n- num_train_epochs\n", "just words\n"])
def test_a_named_file_that_says_nothing_gets_one_finding(tmp_path: Path, text: str) -> None:
    assert [one.name for one in findings(tmp_path, "config.yaml", text)] == ["cannot-be-read"]


def test_broken_json_of_a_trainer_is_an_error(tmp_path: Path) -> None:
    found = findings(tmp_path, "config.json", '{\n  "num_train_epochs": 1,\n  "logging_steps": 5,\n}\n')
    assert [(one.name, one.severity) for one in found] == [("cannot-be-read", "error")]


@pytest.mark.parametrize(
    ("wanted", "severity"), [("transformers==4.30.2", "warning"), ("transformers==5.16.1", "error"), ("", "error")]
)
def test_what_an_older_version_may_take_is_no_error(tmp_path: Path, wanted: str, severity: str) -> None:
    found = findings(tmp_path, "config.yaml", TRAINER + "evaluation_strategy: 'no'\n", wanted)
    assert [(one.name, one.severity) for one in found] == [("key-not-in-version", severity)]
    assert [fix.applicability for fix in found[0].fixes] == ["unsafe" if severity == "warning" else "safe"]


@pytest.mark.parametrize(
    ("key", "meant"),
    [("learning_rte: 0.1", True), ("save_step: 5", True), ("use_dpora: 1", False), ("learning_rates: [0.1]", False)],
)
def test_beside_a_scripts_keys_only_a_plain_slip_counts(tmp_path: Path, key: str, meant: bool) -> None:
    found = findings(tmp_path, "config.yaml", TRAINER + key + "\nmodel_name_or_path: a/b\n")
    assert [one.name for one in found] == ["unknown-key"] * meant


def test_a_model_key_that_is_gone_stops_nothing(tmp_path: Path) -> None:
    text = '{"model_type": "gliner", "transformers_version": "4.41.2", "has_rnn": true, "warmup_ratio": 5000}'
    assert {one.severity for one in findings(tmp_path, "gliner_config.json", text)} <= {"warning"}
