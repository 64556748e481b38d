"""Training examples in memory: GLiNER JSON and JSONL, with labels whose hash is the same in every process."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Self
from zlib import crc32

from .errors import USAGE, RunError

Example = dict[str, Any]
_LABELLED = ("ner", "relations")
_LABEL_LISTS = ("ner_labels", "ner_negatives", "relations_labels", "relations_negatives")


class Label(str):
    """A label with a stable hash.

    GLiNER draws negatives and orders types out of sets of labels (gliner 0.2.29, data_processing/processor.py:355,
    utils.py:88). The hash of a plain str differs per process, so the same seed gives another order after a restart.
    """

    __slots__ = ("_hash",)
    _hash: int

    def __new__(cls, text: str) -> Self:
        label = super().__new__(cls, text)
        label._hash = crc32(text.encode("utf-8", "surrogatepass"))
        return label

    def __hash__(self) -> int:
        return self._hash

    def __reduce__(self) -> tuple[type[Label], tuple[str]]:
        return (Label, (str(self),))


class Draw(list[Example]):
    """The examples of one batch, with what identifies the batch: the epoch and the indices."""

    epoch: int
    indices: tuple[int, ...]


class Examples(Sequence[Example]):
    """A map-style dataset. Indices may be ints or (epoch, index) pairs, as the seeded sampler yields them."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self._examples = examples

    def __len__(self) -> int:
        return len(self._examples)

    def __getitem__(self, key: Any) -> Any:
        return self._examples[key[1] if isinstance(key, tuple) else key]

    def __getitems__(self, keys: Sequence[Any]) -> Draw:
        """All examples of a batch at once (torch.utils.data calls this where it exists)."""
        pairs = [key if isinstance(key, tuple) else (-1, int(key)) for key in keys]
        draw = Draw(self._examples[index] for _, index in pairs)
        draw.epoch = pairs[0][0]
        draw.indices = tuple(index for _, index in pairs)
        return draw


def load(path: str, *, stable_labels: bool) -> Examples:
    """The examples of a GLiNER JSON array or JSONL file.

    Raises RunError (exit 2) when the file is missing, is not JSON, or holds no example.
    """
    labels: dict[str, Label] = {}
    try:
        with open(path, encoding="utf-8-sig") as file:
            examples = [_with_labels(example, labels) if stable_labels else example for example in _parse(file.read())]
    except OSError as error:
        raise RunError(f"{path}: {error.strerror or error}", USAGE) from None
    except (ValueError, TypeError, KeyError) as error:
        raise RunError(f"{path}: not GLiNER training data: {error}", USAGE) from None
    if not examples:
        raise RunError(f"{path}: no example in it; training needs at least one", USAGE)
    return Examples(examples)


def digest(path: str) -> str:
    """The sha256 of a file, read in blocks."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise RunError(f"{path}: {error.strerror or error}", USAGE) from None


def label_universe(examples: Sequence[Mapping[str, Any]]) -> list[str]:
    """Every entity label of the examples, sorted."""
    return sorted({str(span[-1]) for example in examples for span in example.get("ner") or ()})


def _parse(text: str) -> Iterator[Example]:
    if text.lstrip().startswith("["):
        yield from json.loads(text)
        return
    for line in text.split("\n"):
        if line.strip():
            yield json.loads(line)


def _with_labels(example: Example, known: dict[str, Label]) -> Example:
    """The example with every str label replaced by its Label; one object per distinct label."""

    def stable(value: Any) -> Any:
        if type(value) is not str:
            return value
        label = known.get(value)
        if label is None:
            label = known[value] = Label(value)
        return label

    changed = dict(example)
    for field in _LABELLED:
        if changed.get(field):
            changed[field] = [[*span[:-1], stable(span[-1])] for span in changed[field]]
    for field in _LABEL_LISTS:
        if changed.get(field):
            changed[field] = [stable(label) for label in changed[field]]
    return changed
