"""The order of examples, the seeding of a batch, and labels whose hash does not depend on the process."""

from __future__ import annotations

import json
import pickle
import random
import subprocess
import sys
from pathlib import Path

import pytest
from gliner_audit.runner.errors import RunError
from gliner_audit.runner.examples import Draw, Example, Examples, Label, label_universe, load
from gliner_audit.runner.stream import SeededCollator, SeededOrder, mix
from hypothesis import given
from hypothesis import strategies as st

SPANS = st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from("abc")).map(list)


def test_the_order_is_the_one_of_accelerate() -> None:
    """The same examples at the same step as plain Trainer shows them, epoch by epoch."""
    from accelerate.data_loader import SeedableRandomSampler

    ours, theirs = SeededOrder(50, 7, shuffle=True), SeedableRandomSampler(range(50), data_seed=7)
    for epoch in range(3):
        ours.set_epoch(epoch)
        theirs.set_epoch(epoch)
        assert list(ours) == [(epoch, index) for index in theirs]


@given(length=st.integers(1, 40), seed=st.integers(0, 2**31), epoch=st.integers(0, 9), shuffle=st.booleans())
def test_an_epoch_shows_each_example_once(length: int, seed: int, epoch: int, shuffle: bool) -> None:
    order = SeededOrder(length, seed, shuffle=shuffle)
    order.set_epoch(epoch)
    drawn = list(order)
    assert sorted(drawn) == [(epoch, index) for index in range(length)]
    assert order.epoch == epoch + 1
    if not shuffle:
        assert drawn == sorted(drawn)


@given(st.lists(st.integers(-(2**60), 2**60), min_size=1, max_size=5))
def test_mixing_is_stable_and_sees_the_order(numbers: list[int]) -> None:
    assert mix(*numbers) == mix(*numbers)
    assert 0 <= mix(*numbers) < 2**32
    if numbers != numbers[::-1]:
        assert mix(*numbers) != mix(*numbers[::-1])


def test_a_batch_draws_alike_whatever_was_drawn_before() -> None:
    collator = SeededCollator(lambda batch: {"drawn": [random.random() for _ in batch]}, seed=1)
    data = Examples([{"n": n} for n in range(9)])
    first = collator(data.__getitems__([(0, 3), (0, 5)]))
    random.seed(99)
    state = random.getstate()
    assert collator(data.__getitems__([(0, 3), (0, 5)])) == first
    assert random.getstate() == state, "the caller's stream is left alone"
    others = ([(1, 3), (1, 5)], [(0, 5), (0, 3)], [(0, 3), (0, 6)])
    assert all(collator(data.__getitems__(keys)) != first for keys in others)


@given(st.text())
def test_a_label_is_the_string_it_stands_for(text: str) -> None:
    label = Label(text)
    assert label == text
    assert isinstance(label, str)
    assert pickle.loads(pickle.dumps(label)) == label
    assert hash(pickle.loads(pickle.dumps(label))) == hash(label)
    assert {label: 1}[Label(text)] == 1


def test_sets_of_labels_iterate_alike_in_every_process() -> None:
    script = (
        "from gliner_audit.runner.examples import Label\n"
        "print([str(x) for x in {Label(w) for w in 'person place firm date city river team law'.split()}])"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", script], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(seen) == 1


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "tokenized_text": st.lists(st.text(max_size=5), min_size=1, max_size=4),
                "ner": st.lists(SPANS, max_size=3),
            }
        ),
        min_size=1,
        max_size=5,
    ),
    st.booleans(),
    st.booleans(),
)
def test_loading_keeps_every_example(data: list[Example], as_lines: bool, stable: bool) -> None:
    from tempfile import NamedTemporaryFile

    text = "\n".join(map(json.dumps, data)) if as_lines else json.dumps(data)
    with NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        loaded = load(file.name, stable_labels=stable)
    assert list(loaded) == data
    labels = [span[2] for example in loaded for span in example["ner"]]
    assert all(isinstance(label, Label) == stable for label in labels)
    assert label_universe(data) == sorted(set(labels))


def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="No such file") as caught:
        load(str(tmp_path / "none.json"), stable_labels=True)
    assert caught.value.code == 2


def test_examples_are_drawn_singly_too() -> None:
    data = Examples([{"n": 0}, {"n": 1}])
    assert data[1] == data[(4, 1)] == {"n": 1}
    assert isinstance(data.__getitems__([0, 1]), Draw)
    assert data.__getitems__([0, 1]).epoch == -1
