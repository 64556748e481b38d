"""Span precision, recall and F1 on the evaluation data, in total and per label: gliner's Trainer only has the loss."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from math import ceil
from random import Random
from typing import Any, Final

from .agreement import Agreement
from .examples import label_universe

THRESHOLD: Final = 0.5
Counts = dict[str, Counter[str]]


def can_score(model: Any) -> bool:
    """Whether the model predicts entity spans and nothing else; relation and decoder models are left to their loss."""
    config = model.config
    plain = getattr(config, "labels_decoder", None) is None and getattr(config, "relations_layer", None) is None
    return plain and hasattr(model, "decode_batch")


def span_scores(
    model: Any,
    examples: Sequence[Mapping[str, Any]],
    *,
    batch_size: int,
    precision: Callable[[], AbstractContextManager[Any]],
    poll: Callable[[], None],
    agreement: Agreement,
) -> dict[str, float]:
    """Scores in [0, 1] under the names precision, recall, f1 and f1/<label>; exact spans, threshold 0.5, flat.

    A gold entity that the collator cuts off counts as missed. Each example is asked for every label of the data while
    those are no more than the model's max_types, else for its own labels and seeded others up to that number. `poll` is
    called once per batch; every rank has equally many.
    """
    import torch

    types = _types(examples, int(model.config.max_types))
    mine = range(agreement.rank, len(examples), agreement.world_size)
    batches = ceil(ceil(len(examples) / agreement.world_size) / batch_size)
    counts: Counts = {"gold": Counter(), "predicted": Counter(), "hit": Counter()}
    collator = model.create_collator()
    was_training = model.training
    model.eval()
    with torch.no_grad():
        for batch in range(batches):
            poll()
            indices = mine[batch * batch_size : (batch + 1) * batch_size]
            if not indices:
                continue
            with precision():
                found = _predict(model, collator, [examples[i] for i in indices], [types[i] for i in indices])
            for index, spans in zip(indices, found, strict=True):
                _count(counts, examples[index], spans)
    model.train(was_training)
    return _scores(_sum(agreement.gather(counts)))


def _types(examples: Sequence[Mapping[str, Any]], limit: int) -> list[list[str]]:
    universe = label_universe(examples)
    if len(universe) <= limit:
        return [universe or ["entity"]] * len(examples)
    asked = []
    for index, example in enumerate(examples):
        own = sorted({str(span[-1]) for span in example.get("ner") or ()})
        others = [label for label in Random(index).sample(universe, limit) if label not in own]
        asked.append([*own, *others[: max(limit - len(own), 0)]])
    return asked


def _predict(model: Any, collator: Any, examples: list[Any], types: list[list[str]]) -> list[set[tuple[int, int, str]]]:
    import torch

    plain = [{**example, "ner": [[*span[:-1], str(span[-1])] for span in example["ner"]]} for example in examples]
    shared = types[0] if all(labels is types[0] for labels in types) else types
    batch = model.collate_batch(plain, shared, collator)
    inputs = {key: v.to(model.device) if isinstance(v, torch.Tensor) else v for key, v in batch.items()}
    # not run_batch: its inference mode would leave tensors in module caches that training cannot use
    output = model.model(**inputs, threshold=THRESHOLD)
    decoded = model.decode_batch(output, inputs, threshold=THRESHOLD, flat_ner=True)
    return [{(span.start, span.end, str(span.entity_type)) for span in spans} for spans in decoded]


def _count(counts: Counts, example: Mapping[str, Any], spans: set[tuple[int, int, str]]) -> None:
    gold = {(start, end, str(label)) for start, end, label in example["ner"]}
    for name, group in (("gold", gold), ("predicted", spans), ("hit", gold & spans)):
        counts[name].update(label for _, _, label in group)


def _sum(parts: Sequence[Counts]) -> Counts:
    return {name: sum((part[name] for part in parts), Counter()) for name in parts[0]}


def _scores(counts: Counts) -> dict[str, float]:
    gold, predicted, hit = (counts[name].total() for name in ("gold", "predicted", "hit"))
    scores = {
        "precision": hit / predicted if predicted else 0.0,
        "recall": hit / gold if gold else 0.0,
        "f1": 2 * hit / (gold + predicted) if gold + predicted else 0.0,
    }
    for label in sorted(counts["gold"]):
        total = counts["gold"][label] + counts["predicted"][label]
        scores[f"f1/{label}"] = 2 * counts["hit"][label] / total
    return scores
