"""SIGTERM and SIGINT, in every phase of a run.

While the model loads, a signal ends the run at once. While it trains, a signal is only noted, and the training loop
asks at each step.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from .errors import Interrupted

SIGNALS = (signal.SIGTERM, signal.SIGINT)


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
        before: dict[int, Any] = {number: signal.signal(number, self._handle) for number in SIGNALS}
        try:
            yield self
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
