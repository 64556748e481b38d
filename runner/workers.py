"""Data workers: they outlive a signal that the training process is to heed, and not the run.

A signal to the whole process group would kill them, and with them the training process that is about to save. So they
ignore the first one. But the first one may also be Python's own at exit, which it sends once and then waits for ever:
every worker is ended here before.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType
from typing import Any, Final
from weakref import WeakSet

from .signals import SIGNALS

# The last resort for a worker that nobody ended; a checkpoint is written in less.
_GRACE_SECONDS: Final = 300


class Workers:
    """The data workers of a run."""

    def __init__(self) -> None:
        self._iterators: WeakSet[Any] = WeakSet()

    def adopt(self, loader: Any) -> None:
        """Make the workers of a torch DataLoader deaf to the first signal, and know them."""
        loader.worker_init_fn = quiet_worker(loader.worker_init_fn)
        begin = loader._get_iterator

        def known() -> Any:
            iterator = begin()
            self._iterators.add(iterator)
            return iterator

        loader._get_iterator = known

    def end(self) -> None:
        """End them all, in torch's own way; safe to call twice."""
        for iterator in list(self._iterators):
            iterator._shutdown_workers()


def quiet_worker(inner: Callable[[int], None] | None) -> Callable[[int], None]:
    """A worker_init_fn that runs `inner`, then lets the worker outlive the first signal and heed the second."""
    return _QuietWorker(inner)


class _QuietWorker:
    def __init__(self, inner: Callable[[int], None] | None) -> None:
        self.inner = inner

    def __call__(self, worker: int) -> None:
        if self.inner is not None:
            self.inner(worker)
        # a forked worker would tell the training process of its own signals
        signal.set_wakeup_fd(-1)
        for number in SIGNALS:
            signal.signal(number, _once)


def _once(signum: int, _frame: FrameType | None) -> None:
    signal.signal(signum, signal.SIG_DFL)
    if hasattr(signal, "alarm"):
        signal.alarm(_GRACE_SECONDS)
