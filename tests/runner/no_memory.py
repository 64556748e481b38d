"""A receipt writer for worker processes whose import lets rank 1 run out of memory in its second batch."""

from __future__ import annotations

import os
from typing import Any

from plain_receipt import PlainReceipt


def open_receipt(folder: str) -> PlainReceipt:
    """The plain receipt, and a loss that fails once on one rank."""
    from gliner.training import Trainer

    inner, calls = Trainer.compute_loss, iter(range(1_000))

    def compute_loss(self: Any, *args: Any, **kwargs: Any) -> Any:
        if next(calls) == 1 and os.environ["RANK"] == "1":
            raise RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB")
        return inner(self, *args, **kwargs)

    Trainer.compute_loss = compute_loss
    return PlainReceipt(folder)
