"""What two files, or two parts of one, have in common: texts by hash, entities by their words."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Final

_BUCKETS: Final = 64

Look = Callable[[list[str], Sequence[Sequence[Any]]], None]


class Surfaces:
    """The entities of eval, and how many of their mentions have the same words and label in train.

    Only those not yet met are looked for, by their first word, so that the cost of a long train file stays small.
    """

    def __init__(self) -> None:
        self.mentions = 0
        self.seen = 0
        self._pending: Counter[tuple[str, str]] = Counter()
        self._firsts: Counter[str] = Counter()

    def known(self, role: str) -> Look | None:
        """What to do with the words and entities of an example; nothing when there is no eval."""
        if role == "eval":
            return self._learn
        return self._look if self._pending else None

    def _learn(self, words: list[str], ner: Sequence[Sequence[Any]]) -> None:
        for start, end, label in ner:
            self.mentions += 1
            key = (str(label), " ".join(words[start : end + 1]))
            if key not in self._pending:
                self._firsts[words[start]] += 1
            self._pending[key] += 1

    def _look(self, words: list[str], ner: Sequence[Sequence[Any]]) -> None:
        for start, end, label in ner:
            if start < len(words) and words[start] in self._firsts:
                mentions = self._pending.pop((str(label), " ".join(words[start : end + 1])), 0)
                if mentions:
                    self.seen += mentions
                    self._firsts[words[start]] -= 1
                    if not self._firsts[words[start]]:
                        del self._firsts[words[start]]


def duplicates(texts: array[int]) -> list[int]:
    """The indices of text hashes that stand earlier too; 0 stands for nothing. Taken by bucket, so that memory stays
    near that of the array."""
    buckets = [array("q") for _ in range(_BUCKETS)]
    adders = [bucket.append for bucket in buckets]
    for digest in texts:
        adders[digest % _BUCKETS](digest)
    twice: set[int] = set()
    for bucket in buckets:
        if len(set(bucket)) < len(bucket):
            twice.update(digest for digest, count in Counter(bucket).items() if count > 1)
    twice.discard(0)
    again, met = [], set()
    for index, digest in enumerate(texts if twice else ()):
        if digest in twice:
            if digest in met:
                again.append(index)
            met.add(digest)
    return again


def shared(train: array[int], held_out: array[int]) -> list[tuple[int, int]]:
    """Pairs (index in held_out, first index in train) with the same hash."""
    wanted = set(held_out) - {0}
    places: dict[int, int] = {}
    for index, digest in enumerate(train):
        if digest in wanted:
            places.setdefault(digest, index)
    return [(index, places[digest]) for index, digest in enumerate(held_out) if digest in places]
