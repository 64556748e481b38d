"""`--set` changes one value, adds one key, and leaves every other byte alone."""

from __future__ import annotations

import json

import pytest
import yaml
from gliner_audit.audit.documents import load
from gliner_audit.audit.documents.override import OverrideError, override
from hypothesis import given
from hypothesis import strategies as st

TEXT = "model:\n  name: a  # kept\n\ntraining:\n  lr: 1.0e-5\n  list: [1, 2]\n# tail\n"


@pytest.mark.parametrize(
    ("item", "path", "value"),
    [
        ("training.lr=3.0e-5", ("training", "lr"), 3e-5),
        ("training.list=[3]", ("training", "list"), [3]),
        ("training.seed=7", ("training", "seed"), 7),
        ("lora.r=8", ("lora", "r"), 8),
        ("extra=yes", ("extra",), True),
    ],
)
def test_one_value_changes_and_comments_stay(item: str, path: tuple[str, ...], value: object) -> None:
    found = override(load("x.yaml", TEXT), (item,))
    expected = yaml.safe_load(TEXT)
    inner = expected
    for part in path[:-1]:
        inner = inner.setdefault(part, {})
    inner[path[-1]] = value
    assert found.data == expected
    assert "# kept" in found.text
    assert "# tail" in found.text


@given(st.integers(-99, 99), st.sampled_from(["a", "b.c", "b.d", "e.f.g"]))
def test_any_key_of_any_depth(number: int, key: str) -> None:
    found = override(load("x.yaml", "a: 1\nb:\n  c: 2\n"), (f"{key}={number}",)).data
    for part in key.split("."):
        found = found[part]
    assert found == number


def test_json_keeps_its_format() -> None:
    found = override(load("x.json", '{"a": {"b": 1}}'), ("a.b=cosine",))
    assert json.loads(found.text) == {"a": {"b": "cosine"}}


@pytest.mark.parametrize("item", ["lr", "=3", "a..b=1", "training.lr={", "training.lr.deep=1"])
def test_what_cannot_be_laid_over_is_said(item: str) -> None:
    with pytest.raises(OverrideError, match="--set"):
        override(load("x.yaml", TEXT), (item,))
