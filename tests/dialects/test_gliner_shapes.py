"""GLiNER configs of every layout are told from their near misses."""

from __future__ import annotations

from typing import Any

import pytest
from gliner_audit.audit.dialects import recognise
from gliner_audit.audit.dialects.base import ARGS, MODEL
from gliner_audit.audit.dialects.gliner import Gliner

FLAT = {"model_name": "org/encoder", "span_mode": "markerV0", "num_steps": 40, "lr_encoder": 1.0e-5}
SECTIONS = {
    "model": {"model_name": "org/encoder", "subtoken_pooling": "first"},
    "data": {"train_data": "mine.json"},
    "training": {"num_steps": 40, "lr_others": 1.0e-4},
}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(FLAT, id="flat"),
        pytest.param(SECTIONS, id="sections"),
        pytest.param({"run": {"seed": 1}, **SECTIONS, "lora": {"r": 4}}, id="sections of a command line"),
        pytest.param({"gliner_config": {"max_width": 8}, "training_args": {"max_steps": 5}}, id="gliner_config"),
        pytest.param({"model_type": "gliner", "hidden_size": 64}, id="a saved model says its type"),
        pytest.param({"span_mode": "token_level", "output_dir": "out"}, id="one telling key and one beside it"),
        pytest.param({"others_lr": 1.0e-4, "learning_rate": 1.0e-5}, id="the library's own argument names"),
    ],
)
def test_a_gliner_config_is_recognised(data: dict[str, Any]) -> None:
    assert recognise(data)[0] == "gliner"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        pytest.param({"span_mode": "markerV0"}, None, id="a telling key alone"),
        pytest.param({"model_name": "org/encoder", "learning_rate": 0.1}, None, id="no telling key"),
        pytest.param({"text": {"span_mode": "markerV0"}, "learning_rate": 0.1}, None, id="in another section"),
        pytest.param({**FLAT, "rel_mode": "marker"}, "glirel", id="the relation library that grew from it"),
        pytest.param({**FLAT, "services": {}}, None, id="a compose file whatever else it holds"),
        pytest.param({**FLAT, "on": "push", "jobs": {}}, None, id="a workflow"),
    ],
)
def test_a_near_miss_is_not(data: dict[str, Any], name: str | None) -> None:
    assert recognise(data) == (name, None)


def test_a_saved_model_holds_the_model_only() -> None:
    saved = {**FLAT, "model_type": "gliner", "transformers_version": "4.41.2"}
    assert [section.roles for section in Gliner().sections(saved)] == [(MODEL,)]
    assert ARGS in Gliner().sections(FLAT)[0].roles


def test_sections_are_those_that_are_mappings() -> None:
    found = Gliner().sections({"model": {"model_name": "org/encoder"}, "training": "later", "notes": {"a": 1}})
    assert [section.path for section in found] == [("model",)]
