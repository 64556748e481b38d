"""The data check keeps, loses and refuses exactly what GLiNER's real collator does, fault by fault."""

from __future__ import annotations

from typing import Any

import pytest
from gliner_audit.runner.datacheck.fates import Fate, fate
from gliner_audit.runner.datacheck.reasons import LOST, RAISES, REASONS, WRONG
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .conftest import MAX_LEN, MAX_TYPES, SETTINGS, Oracle

WORDS = "paris is near berlin".split()
LONG = [f"w{index}" for index in range(MAX_LEN + 3)]
KINDS = tuple(SETTINGS)


def one(start: Any, end: Any, label: Any = "place", words: Any = WORDS, **more: Any) -> dict[str, Any]:
    return {"tokenized_text": words, "ner": [[start, end, label]], **more}


CASES: dict[str, Any] = {
    "clean": one(0, 1),
    "whole text": one(0, 3),
    "no entities": {"tokenized_text": WORDS, "ner": []},
    "exclusive end": one(3, 4),
    "end far past": one(1, 40),
    "start past": one(9, 12),
    "character offsets": one(6, 13),
    "too wide": one(0, 4, words=LONG),
    "too wide and past": one(1, 9),
    "reversed": one(2, 1),
    "negative start": one(-1, 1),
    "negative end": one(1, -1),
    "both negative": one(-2, -1),
    "far below zero": one(-9, 1),
    "true as index": one(True, True),
    "whole floats": one(1.0, 2.0),
    "half floats": one(1.5, 2.0),
    "float past the end": one(1.0, 9.0),
    "string indices": one("1", "2"),
    "null index": one(None, 2),
    "list index": one([1], 2),
    "not a number": one(float("nan"), float("inf")),
    "cut off": {"tokenized_text": LONG, "ner": [[7, 7, "a"], [7, 8, "b"], [9, 9, "c"]]},
    "overlap": {"tokenized_text": WORDS, "ner": [[0, 1, "a"], [1, 2, "a"], [1, 2, "b"]]},
    "the same twice": {"tokenized_text": WORDS, "ner": [[0, 1, "a"], [0, 1, "a"]]},
    "two labels": {"tokenized_text": WORDS, "ner": [[0, 1, "a"], [0, 1, "b"]]},
    "empty word": one(2, 2, words=["paris", "", "berlin"]),
    "blank word": one(2, 2, words=["paris", " ", "berlin"]),
    "line break as word": one(2, 2, words=["paris", "\n", "berlin"]),
    "before an empty word": one(0, 0, words=["paris", "", "berlin"]),
    "no words": one(0, 0, words=[]),
    "no words at all": {"tokenized_text": [], "ner": []},
    "past no words": one(1, 1, words=[]),
    "text for words": one(2, 2, words="paris"),
    "null word": one(0, 0, words=["paris", None]),
    "number as word": one(0, 0, words=["paris", 3]),
    "half a surrogate pair": one(0, 0, words=["paris", "\ud800"]),
    "list as word": one(0, 0, words=[["paris"], ["berlin"]]),
    "marker as word": one(0, 0, words=["paris", "<<ENT>>"]),
    "marker in a word": one(0, 0, words=["paris", "x<<ENT>>"]),
    "empty label": one(0, 0, ""),
    "number as label": one(0, 0, 3),
    "null label": one(0, 0, None),
    "list as label": one(0, 0, ["a"]),
    "entity as object": {"tokenized_text": WORDS, "ner": [{"start": 0, "end": 0, "label": "a"}]},
    "four items": {"tokenized_text": WORDS, "ner": [[0, 0, "a", 1]]},
    "two items": {"tokenized_text": WORDS, "ner": [[0, "a"]]},
    "no items": {"tokenized_text": WORDS, "ner": [[]]},
    "number as entity": {"tokenized_text": WORDS, "ner": [3]},
    "ner null": {"tokenized_text": WORDS, "ner": None},
    "ner missing": {"tokenized_text": WORDS},
    "ner empty object": {"tokenized_text": WORDS, "ner": {}},
    "words null": {"tokenized_text": None, "ner": []},
    "words missing": {"ner": []},
    "not an object": ["paris"],
    "label in ner_labels": one(0, 0, "a", ner_labels=["a", "b"]),
    "label not in ner_labels": one(0, 0, "c", ner_labels=["a", "b"]),
    "bad index, label not in ner_labels": one("x", 0, "c", ner_labels=["a", "b"]),
    "ner_labels null": one(0, 0, ner_labels=None),
    "ner_labels null, no entities": {"tokenized_text": WORDS, "ner": [], "ner_labels": None},
    "ner_labels empty": one(0, 0, ner_labels=[]),
    "ner_labels empty, no entities": {"tokenized_text": WORDS, "ner": [], "ner_labels": []},
    "ner_labels of letters": one(0, 0, "x", ner_labels="xyz"),
    "ner_labels with a list": one(0, 0, "x", ner_labels=["x", ["y"]]),
    "repeated type, used": one(0, 0, "a", ner_labels=["a", "b", "a"]),
    "repeated type, not used": one(0, 0, "b", ner_labels=["a", "b", "a"]),
    "repeated type, entity past the end": one(2, 4, "a", ner_labels=["a", "b", "a"]),
    "repeated type, entity far past": one(2, 40, "a", ner_labels=["a", "b", "a"]),
    "repeated type, reversed": one(2, 1, "a", ner_labels=["a", "b", "a"]),
    "more than max_types in ner_labels": one(0, 0, "g", ner_labels=list("abcdefg")),
    "ner_label": one(0, 0, "a", ner_label=["b"]),
    "ner_negatives": one(0, 0, "a", ner_negatives=["p", "q"]),
    "ner_negatives null": one(0, 0, "a", ner_negatives=None),
    "ner_negatives as text": one(0, 0, "a", ner_negatives="pq"),
    "ner_negatives beside ner_labels": one(0, 0, "a", ner_negatives=None, ner_labels=["a"]),
    "unknown field": one(0, 0, "a", labels=["x"]),
}


def positives(found: Fate, kind: str, length: int) -> frozenset[tuple[Any, ...]]:
    """What the check says was kept, in the oracle's terms; `length` counts the words that the collator keeps."""
    if not SETTINGS[kind].token_level:
        return frozenset((int(start), int(end), label) for start, end, label in found.kept)
    marks = set()
    for start, end, label in found.kept:
        marks |= {(start % length, label, "S"), (end % length, label, "E")}
        marks |= {(word, label, "I") for word in range(length)[slice(start, end + 1)]}
    return frozenset(marks)


def compare(kind: str, example: Any, oracle: Oracle) -> Fate:
    """Both agree on whether it raises and, if not, on what is kept."""
    found = fate(example, SETTINGS[kind])
    real = oracle(kind, example)
    assert found.raises == (real.raised is not None), (found.faults, real)
    if not found.raises:
        assert positives(found, kind, min(len(example["tokenized_text"]), MAX_LEN) or 1) == real.kept
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", CASES)
def test_the_real_collator_does_the_same(kind: str, name: str, oracle: Oracle) -> None:
    found = compare(kind, CASES[name], oracle)
    assert all(fault.reason in REASONS for fault in found.faults)
    if found.raises:
        return
    lost = sum(fault.cases for fault in found.faults if fault.effect == LOST)
    assert len(found.kept) == found.entities - lost


@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_word_moves_the_words_after_it(kind: str, oracle: Oracle) -> None:
    for name in ("empty word", "blank word", "line break as word"):
        assert oracle(kind, CASES[name]).shifted
        assert [
            fault.effect for fault in fate(CASES[name], SETTINGS[kind]).faults if fault.reason == "after-blank-word"
        ]
    assert not oracle(kind, CASES["clean"]).shifted
    before = fate(CASES["before an empty word"], SETTINGS[kind])
    assert WRONG not in {fault.effect for fault in before.faults}


@pytest.mark.parametrize("kind", ["span", "token"])
def test_of_too_many_labels_a_random_part_is_left_out(kind: str, oracle: Oracle) -> None:
    labels = [f"l{index}" for index in range(MAX_TYPES + 2)]
    example = {"tokenized_text": LONG[:MAX_LEN], "ner": [[index, index, label] for index, label in enumerate(labels)]}
    found = fate(example, SETTINGS[kind])
    assert found.dropped_types == 2
    assert [(fault.reason, fault.cases) for fault in found.faults] == [("more-labels-than-max-types", 2)]
    draws = [frozenset(row[1 if kind == "token" else 2] for row in oracle(kind, example).kept) for _ in range(8)]
    assert {len(draw) for draw in draws} == {MAX_TYPES}
    assert len(set(draws)) > 1


@pytest.mark.parametrize("kind", ["span", "token"])
def test_negatives_may_crowd_out_a_label(kind: str, oracle: Oracle) -> None:
    example = one(0, 0, "a", ner_negatives=[f"n{index}" for index in range(MAX_TYPES * 4)])
    assert [fault.reason for fault in fate(example, SETTINGS[kind]).faults] == ["negatives-crowd-out"]
    assert {bool(oracle(kind, example).kept) for _ in range(40)} == {True, False}


indices = st.integers(-12, 12) | st.sampled_from([0.0, 2.0, 1.5, True, None, "1"])
entities = st.lists(st.tuples(indices, indices, st.sampled_from("abc")).map(list), max_size=4)
texts = st.lists(st.sampled_from(["paris", "in", "berlin", "w"]), max_size=MAX_LEN + 2)
types = st.none() | st.lists(st.sampled_from("abcd"), min_size=1, max_size=5)


@pytest.mark.parametrize("kind", ["span", "token"])
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=texts, ner=entities, named=types)
def test_any_mixture_of_faults(
    kind: str, words: list[str], ner: list[Any], named: list[str] | None, oracle: Oracle
) -> None:
    # what a truth value indexes in a tensor hangs on the shuffled number of the class
    if kind == "token":
        ner = [[int(one) if one is True else one for one in entity] for entity in ner]
    example: dict[str, Any] = {"tokenized_text": words, "ner": ner}
    if named is not None:
        example["ner_labels"] = named
    compare(kind, example, oracle)


def test_the_oracle_is_the_version_that_the_check_follows(oracle: Oracle) -> None:
    from importlib.metadata import version

    from gliner_audit.runner.datacheck.check import MODELLED

    assert version("gliner") == MODELLED


def test_every_reason_has_a_case() -> None:
    met = set()
    for settings_ in SETTINGS.values():
        met |= {fault.reason for example in CASES.values() for fault in fate(example, settings_).faults}
    elsewhere = {"not-json", "duplicate", "more-labels-than-max-types", "negatives-crowd-out"}
    assert met | elsewhere == set(REASONS)


def test_what_raises_is_named_with_its_place_in_the_example() -> None:
    found = fate(one(0, 0, words=["paris", None]), SETTINGS["span"])
    assert [(fault.reason, fault.effect, fault.detail) for fault in found.faults] == [
        ("word-not-text", RAISES, "word 1 is None")
    ]
