"""The shape of a file that no loader takes is still told."""

from __future__ import annotations

import pytest
from gliner_audit.audit.dialects import outline, recognise
from gliner_audit.audit.documents import load

BROKEN = [
    pytest.param("a.yaml", "num_train_epochs: 1\nlogging_steps: [1\n", "trainer", id="yaml"),
    pytest.param("a.json", '{\n  "num_train_epochs": 1,\n  "logging_steps": 5,\n}\n', "trainer", id="json, a comma"),
    pytest.param("a.json", '{\n  // why\n  "compilerOptions": {\n    "strict": true\n  }\n}\n', None, id="json, notes"),
    pytest.param("a.toml", "num_train_epochs = 1\nlogging_steps = 5\nnot this\n", "trainer", id="toml"),
    pytest.param(
        "a.yaml",
        "model:\n  span_mode: markerV0\n\ttraining:\n  model_name: x\n",
        "gliner",
        id="yaml, a tab",
    ),
]


@pytest.mark.parametrize(("path", "text", "name"), BROKEN)
def test_the_keys_of_a_broken_file(path: str, text: str, name: str | None) -> None:
    document = load(path, text)
    assert document.data is None
    assert recognise(outline(document))[0] == name


def test_keys_that_stand_deeper_are_inside() -> None:
    document = load("a.json", '{\n  "outer": {\n    "inner": 1\n  },\n  "other": [\n')
    assert outline(document) == {"outer": {"inner": None}, "other": {}}
