"""SIGTERM and SIGINT, in every phase of a run.

While the model loads, a signal ends the run at once. While it trains, a signal is only noted, and the training loop
asks at each step. A process that waits in a collective for another one that is gone never comes to ask, and after a
while it is killed: a thread then has the last word in the receipt.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

from .errors import Interrupted

SIGNALS = (signal.SIGTERM, signal.SIGINT)

# Elastic launchers, Kubernetes and Docker kill 10 to 30 s after the first signal; a checkpoint may be under way.
GRACE_SECONDS: Final = 8.0


class Watch:
    """The first signal that came, or 0. `deferred` says whether somebody asks for it.

    `last_words` is called from a thread when a signal came and the run has not concluded `grace` seconds later.
    """

    def __init__(self, grace: float = GRACE_SECONDS) -> None:
        self.signum = 0
        self.deferred = False
        self.last_words: Callable[[int], None] | None = None
        self._grace = grace
        self._since = 0.0
        self._concluded = threading.Event()
        self._lock = threading.Lock()

    def conclude(self) -> None:
        """The run writes its own end: no last words from here on."""
        with self._lock:
            self._concluded.set()

    def _listen(self, reader: int) -> None:
        # the C handler writes the signal's number at once, even while the main thread is stuck in a library's call
        with open(reader, "rb", buffering=0) as pipe:
            while number := pipe.read(1):
                if number[0] in SIGNALS and not self._concluded.wait(self._grace):
                    with self._lock:
                        if not self._concluded.is_set() and self.last_words is not None:
                            self.last_words(number[0])
                    return

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
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        other = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        threading.Thread(target=self._listen, args=(reader,), daemon=True).start()
        try:
            yield self
        finally:
            self.conclude()
            signal.set_wakeup_fd(other)
            os.close(writer)
            for number, handler in before.items():
                signal.signal(number, handler)
