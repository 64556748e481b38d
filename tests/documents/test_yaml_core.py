"""With the core schema, plain scalars are what ruamel.yaml's YAML 1.2 makes of them."""

from __future__ import annotations

import io
import math
from typing import Any

import pytest
from gliner_audit.audit.documents import load
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

WORDS = [
    "1e-5", "3e4", "1E5", "1.0e-5", ".5", "5.", "+7", "-0", "010", "0o10", "0x1F", "12:30:00", "2024-01-02", "1_000",
    "no", "off", "on", "yes", "y", "true", "False", "NULL", "~", ".inf", "-.INF", "null", "None", "abc", "1.2.3", "0b1",
]  # fmt: skip
# ruamel reads these by rules of its own, beyond the core schema of YAML 1.2.2 (chapter 10.3).
BEYOND_CORE = ("2024-01-02", "1_000", "0b1")


def ruamel(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(io.StringIO(text))


@pytest.mark.parametrize("word", [word for word in WORDS if word not in BEYOND_CORE])
def test_a_word_is_what_ruamel_reads(word: str) -> None:
    text = f"key: {word}\nlist: [{word}]\n"
    assert load("x.yaml", text, core=True).data == ruamel(text)


@pytest.mark.parametrize("word", BEYOND_CORE)
def test_what_is_beyond_the_core_schema_is_text(word: str) -> None:
    assert load("x.yaml", f"key: {word}\n", core=True).data == {"key": word}


@given(st.floats(allow_nan=False) | st.integers())
def test_numbers_come_back(number: float) -> None:
    spelt = repr(number).replace("inf", ".inf")
    found = load("x.yaml", f"key: {spelt}\n", core=True).data["key"]
    assert found == number or (math.isnan(found) and math.isnan(number))


def test_tags_quotes_anchors_and_merges_stay() -> None:
    text = "a: !!str 1\nb: '1e-5'\nc: &x 1e-5\nd: *x\ne: &m {k: no}\nf:\n  <<: *m\n  l: off\n"
    document = load("x.yaml", text, core=True)
    assert document.data == {
        "a": "1", "b": "1e-5", "c": 1e-5, "d": 1e-5, "e": {"k": "no"}, "f": {"k": "no", "l": "off"}
    }  # fmt: skip
    node = document.node(("c",))
    assert node is not None
    assert node.raw == "1e-5"
