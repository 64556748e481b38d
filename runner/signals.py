"""SIGTERM and SIGINT, in every phase of a run.

While the model loads, a signal ends the run at once. While it trains, a signal is only noted, and the training loop
asks at each step. Data workers ignore the first one: a signal to the whole process group would kill them, and with
them the training process that is about to save.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from .errors import Interrupted

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Watch:
    """The first signal that came, or 0. `deferred` says whether somebody asks for it."""

    def __init__(self) -> None:
        self.signum = 0
        self.deferred = False
        self._since = 0.0

    def _handle(self, signum: int, _frame: FrameType | None) -> None:
        repeated = self.signum and time.monotonic() - self._since > 2
        if not self.signum:
            self.signum, self._since = signum, time.monotonic()
        if not self.deferred or (repeated and signum == signal.SIGINT):
            self.deferred = True
            raise Interrupted(self.signum)

    @contextmanager
    def installed(self) -> Iterator[Watch]:
        """Take the signals over for a while. Outside of the main thread Python cannot, and nothing is changed."""
        if threading.current_thread() is not threading.main_thread():
            yield self
            return
        before: dict[int, Any] = {number: signal.signal(number, self._handle) for number in _SIGNALS}
        try:
            yield self
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def quiet_worker(inner: Callable[[int], None] | None) -> Callable[[int], None]:
    """A worker_init_fn that runs `inner`, then lets the worker outlive the first signal and heed the second."""
    return _QuietWorker(inner)


class _QuietWorker:
    def __init__(self, inner: Callable[[int], None] | None) -> None:
        self.inner = inner

    def __call__(self, worker: int) -> None:
        if self.inner is not None:
            self.inner(worker)
        for number in _SIGNALS:
            signal.signal(number, _once)


def _once(signum: int, _frame: FrameType | None) -> None:
    signal.signal(signum, signal.SIG_DFL)
