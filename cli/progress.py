"""A progress bar on stderr for a check that takes a while."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

AFTER = 2.0
"""Seconds after which a check takes a while."""


class Bar:
    """Shows, from `after` seconds on, which script is being audited; nothing where the stream is no terminal.

    Call it with how many scripts are done, how many there are, and the name of the next one.
    """

    def __init__(self, stream: TextIO, after: float = AFTER) -> None:
        self._stream = stream
        self._timer = threading.Timer(after, self._show) if stream.isatty() else None
        self._lock = threading.Lock()
        self._now: tuple[int, int, str] | None = None
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Bar:
        if self._timer is not None:
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(self, *error: object) -> None:
        if self._timer is None:
            return
        self._timer.cancel()
        with self._lock:
            self._timer = None
            if self._bar is not None:
                self._bar.stop()

    def __call__(self, done: int, total: int, name: str) -> None:
        with self._lock:
            self._now = (done, total, name)
            if self._bar is not None and self._task is not None:
                self._bar.update(self._task, completed=done, total=total, description=name)

    def _show(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        with self._lock:
            if self._timer is None or self._now is None:
                return
            done, total, name = self._now
            columns = (
                TextColumn("auditing"), BarColumn(20), MofNCompleteColumn(), TimeElapsedColumn(),
                TextColumn("{task.description}", markup=False),
            )  # fmt: skip
            self._bar = Progress(*columns, console=Console(file=self._stream), transient=True)
            self._task = self._bar.add_task(name, total=total, completed=done)
            self._bar.start()
