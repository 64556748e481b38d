"""What the runner plans where a config does not say; the lint that it runs behind sees the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from gliner_audit.runner.command import RunRequest, _document, _lint
from gliner_audit.runner.planned import run_plan

BASE = {"model_name": "encoder", "span_mode": "markerV0"}


def planned(folder: Path, *, model: Any = None, evaluates: bool = True, **training: Any) -> tuple[Any, list[str]]:
    """The run's arguments, and the errors of its lint."""
    data = {"root_dir": "out", "train_data": "train.jsonl", "val_data_dir": "eval.jsonl" if evaluates else None}
    config = {"model": {**BASE, **(model or {})}, "data": data, "training": training}
    (folder / "c.yaml").write_text(yaml.safe_dump(config))
    request = RunRequest(str(folder / "c.yaml"), {})
    outcome, linted = _lint(request, _document(request))
    assert linted is not None
    return run_plan(linted).args, [one.name for one in outcome.findings if one.severity == "error"]


def test_the_best_model_is_the_one_with_the_best_f1(tmp_path: Path) -> None:
    args, errors = planned(tmp_path, load_best_model_at_end=True, save_steps=20)
    assert errors == [], "the runner evaluates, so that there is a best model"
    assert (args["eval_strategy"], args["eval_steps"]) == ("steps", 20)
    assert (args["metric_for_best_model"], args["greater_is_better"]) == ("f1", True)


@pytest.mark.parametrize(
    "training",
    [
        {"load_best_model_at_end": True, "metric_for_best_model": "loss"},
        {"load_best_model_at_end": True, "greater_is_better": False},
        {"load_best_model_at_end": False},
        {},
    ],
)
def test_what_the_user_says_stands(training: dict[str, Any], tmp_path: Path) -> None:
    args, _ = planned(tmp_path, **training)
    assert {name: args.get(name) for name in ("metric_for_best_model", "greater_is_better")} == {
        "metric_for_best_model": training.get("metric_for_best_model"),
        "greater_is_better": training.get("greater_is_better"),
    }


def test_a_model_that_has_no_f1_follows_the_loss(tmp_path: Path) -> None:
    args, _ = planned(tmp_path, model={"relations_layer": "dot"}, load_best_model_at_end=True)
    assert "metric_for_best_model" not in args
    args, _ = planned(tmp_path, load_best_model_at_end=True, prev_path="other")
    assert "metric_for_best_model" not in args


def test_without_evaluation_data_nothing_follows(tmp_path: Path) -> None:
    args, errors = planned(tmp_path, evaluates=False, load_best_model_at_end=True)
    assert not {"eval_strategy", "eval_steps", "metric_for_best_model"} & args.keys()
    assert errors == ["best-model-unmatched"]
