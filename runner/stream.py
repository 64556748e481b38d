"""Random numbers that depend on where training stands, not on how it got there.

Plain Trainer's stream is a history: negatives and dropout draw from global generators that the batch skip of a resume,
the one-batch look-ahead of accelerate and the number of data workers all move. Here the order of an epoch is a function
of (seed, epoch), a batch's negatives of (seed, epoch, its examples) and dropout of (seed, step, rank).
"""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from zlib import crc32

from .examples import Draw


class SeededOrder:
    """A sampler: the epoch's order as (epoch, index) pairs, the same order that accelerate's seedable sampler gives.

    `length` is the number of examples. Without `shuffle` the order is the data's.
    """

    def __init__(self, length: int, seed: int, *, shuffle: bool) -> None:
        self.length = length
        self.seed = seed
        self.shuffle = shuffle
        self.epoch = 0

    def set_epoch(self, epoch: int) -> None:
        """The epoch that the next iteration stands for."""
        self.epoch = epoch

    def __len__(self) -> int:
        return self.length

    def __iter__(self) -> Iterator[tuple[int, int]]:
        import torch

        epoch = self.epoch
        order: Sequence[int] = range(self.length)
        if self.shuffle:
            generator = torch.Generator().manual_seed(self.seed + epoch)
            order = torch.randperm(self.length, generator=generator).tolist()
        for index in order:
            yield epoch, index
        self.epoch = epoch + 1


class SeededCollator:
    """A collator whose use of `random` depends only on the batch; the caller's own stream is left as it was.

    gliner's collators draw from the module `random` alone (gliner 0.2.29, data_processing/processor.py).
    """

    def __init__(self, collator: Callable[[list[Any]], dict[str, Any]], seed: int) -> None:
        self.collator = collator
        self.seed = seed

    def __call__(self, batch: list[Any]) -> dict[str, Any]:
        if not isinstance(batch, Draw):
            return self.collator(batch)
        before = random.getstate()
        random.seed(mix(self.seed, batch.epoch, *batch.indices))
        try:
            return self.collator(list(batch))
        finally:
            random.setstate(before)


def mix(*numbers: int) -> int:
    """A 32-bit number out of integers, the same in every process and Python version."""
    return crc32(struct.pack(f"<{len(numbers)}q", *numbers))


def seed_step(seed: int, step: int, rank: int) -> None:
    """Set the generators that dropout and the loss's negative sampling draw from, at the start of an update step."""
    import torch

    number = mix(seed, step, rank)
    random.seed(number)
    # not torch.manual_seed: before a device is used it queues a call with a stack trace for each kind, ms per step
    torch.default_generator.manual_seed(number)
    if torch.cuda.is_initialized():
        torch.cuda.manual_seed_all(number)
    elif torch.backends.mps.is_available():
        torch.mps.manual_seed(number)
