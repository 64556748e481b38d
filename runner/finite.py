"""Losses and weights that are not finite, found without making the device wait at each step."""

from __future__ import annotations

import math
from collections import deque
from typing import Any, Final, NamedTuple

_SLOTS: Final = 64


class Bad(NamedTuple):
    """The first loss that was not finite, and the update step that it belongs to."""

    step: int
    loss: float


class LossWatch:
    """Remembers the first loss that is not finite.

    On a GPU a loss is copied beside the work to pinned memory, and looked at once it has arrived: some steps later,
    without waiting. `settle` waits; it is for the moments when what was learnt is about to be kept. Elsewhere a loss
    is looked at where it is.
    """

    def __init__(self) -> None:
        self.bad: Bad | None = None
        self._slots: Any = None
        self._seen = 0
        self._open: deque[tuple[int, int, Any]] = deque()

    def see(self, loss: Any, step: int) -> Bad | None:
        """Note the loss (a scalar tensor) of an update step; the first bad one known so far, or None."""
        if loss.device.type != "cuda":
            self._judge(step, float(loss))
            return self.bad
        if self._slots is None:
            self._slots = self._pinned(loss.dtype)
        if len(self._open) == _SLOTS:
            self._close()
        slot = self._seen % _SLOTS
        self._seen += 1
        self._slots[slot].copy_(loss.detach().reshape(()), non_blocking=True)
        self._open.append((step, slot, self._mark()))
        while self._open and self._open[0][2].query():
            self._close()
        return self.bad

    def settle(self) -> Bad | None:
        """Wait for every loss that is still on its way; the first bad one, or None."""
        while self._open:
            self._close()
        return self.bad

    def _close(self) -> None:
        step, slot, mark = self._open.popleft()
        mark.synchronize()
        self._judge(step, float(self._slots[slot]))

    def _judge(self, step: int, loss: float) -> None:
        if self.bad is None and not math.isfinite(loss):
            self.bad = Bad(step, loss)

    @staticmethod
    def _pinned(dtype: Any) -> Any:
        import torch

        return torch.empty(_SLOTS, dtype=dtype, pin_memory=True)

    @staticmethod
    def _mark() -> Any:
        """An event behind everything that the device has been given so far."""
        import torch

        event = torch.cuda.Event()
        event.record()
        return event


def has_finite_weights(model: Any) -> bool:
    """Whether every trained parameter is finite; one wait for the device."""
    import torch

    trained = [p.detach() for p in model.parameters() if p.requires_grad and p.is_floating_point()]
    return not trained or bool(torch.stack([torch.isfinite(p).all() for p in trained]).all())
