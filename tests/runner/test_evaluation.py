"""Span scores: the same as gliner's own where gliner's own can be trusted, and right by hand."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pytest
from gliner_audit.runner.agreement import Agreement
from gliner_audit.runner.evaluation import can_score, span_scores
from gliner_audit.runner.examples import Examples, load
from gliner_audit.runner.tiny import TinyKit
from support import MODEL


@pytest.fixture(scope="module")
def learned(deberta: TinyKit) -> Any:
    """A model that predicts something: trained for a moment, the same in every process (labels hash alike)."""
    import tempfile

    from gliner import GLiNER
    from transformers import set_seed

    set_seed(1)
    model = GLiNER.from_config({"model_name": str(deberta.encoder), **MODEL, "dropout": 0.0})
    data = list(load(str(deberta.train), stable_labels=True))
    settings = {"learning_rate": 2e-3, "max_steps": 240, "dataloader_num_workers": 0, "save_strategy": "no"}
    settings |= {"focal_loss_alpha": 0.75, "focal_loss_gamma": 2.0, "max_grad_norm": 10.0}
    with tempfile.TemporaryDirectory() as folder:
        model.train_model(data, None, output_dir=folder, use_cpu=True, disable_tqdm=True, **settings)
    return model.eval()


def scores(model: Any, examples: Any, **more: Any) -> dict[str, float]:
    settings = {"batch_size": 5, "precision": nullcontext, "poll": lambda: None, "agreement": Agreement(), **more}
    return span_scores(model, examples, **settings)


@pytest.mark.train
def test_the_scores_are_those_of_gliner(learned: Any, deberta: TinyKit) -> None:
    examples = load(str(deberta.eval), stable_labels=True)
    found = scores(learned, examples)
    plain = [{**example, "ner": [[s, e, str(label)] for s, e, label in example["ner"]]} for example in examples]
    _, theirs = learned.evaluate(plain, flat_ner=True, entity_types=["date", "firm", "person", "place"])
    assert found["f1"] == pytest.approx(theirs)
    assert found["f1"] > 0


@pytest.mark.train
def test_two_ranks_count_what_one_counts(learned: Any, deberta: TinyKit) -> None:
    """Each rank takes every second example, and polls equally often."""
    examples = load(str(deberta.eval), stable_labels=True)
    few = Examples([examples[i] for i in range(11)])
    parts: list[Any] = []
    polls = [0, 0]

    class Half(Agreement):
        world_size = 2

        def __init__(self, rank: int) -> None:
            self.rank = rank

        def gather(self, value: Any) -> list[Any]:
            parts.append(value)
            return parts[-2:]

    for rank in (0, 1):

        def count(rank: int = rank) -> None:
            polls[rank] += 1

        both = scores(learned, few, agreement=Half(rank), poll=count)
    assert both == scores(learned, few)
    assert polls == [2, 2]


@pytest.mark.train
def test_more_labels_than_max_types_are_asked_in_part(learned: Any, deberta: TinyKit) -> None:
    examples = load(str(deberta.eval), stable_labels=True)
    learned.config.max_types = 2
    try:
        first, second = scores(learned, examples), scores(learned, examples)
    finally:
        learned.config.max_types = 10
    assert first == second
    assert set(first) == {"precision", "recall", "f1", "f1/date", "f1/firm", "f1/person", "f1/place"}


def test_nothing_found_and_nothing_there() -> None:
    from collections import Counter

    from gliner_audit.runner.evaluation import _scores

    empty: dict[str, Counter[str]] = {"gold": Counter(), "predicted": Counter(), "hit": Counter()}
    assert _scores(empty) == {"precision": 0.0, "recall": 0.0, "f1": 0.0}
    some = {"gold": Counter(a=3, b=1), "predicted": Counter(a=2, c=2), "hit": Counter(a=2)}
    assert _scores(some) == {"precision": 0.5, "recall": 0.5, "f1": 0.5, "f1/a": 0.8, "f1/b": 0.0}


def test_models_with_more_than_spans_are_left_to_their_loss() -> None:
    from types import SimpleNamespace

    spans = SimpleNamespace(config=SimpleNamespace(labels_decoder=None, relations_layer=None), decode_batch=print)
    relations = SimpleNamespace(config=SimpleNamespace(labels_decoder=None, relations_layer="dot"), decode_batch=print)
    assert can_score(spans)
    assert not can_score(relations)
