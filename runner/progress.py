"""How far training is: a live bar in a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any


class Display:
    """Steps, loss, rate and time left. `console` is a rich console; None shows nothing (every rank but the first)."""

    def __init__(self, console: Any, *, bar: bool = True) -> None:
        self._console = console
        self._wants_bar = bar and console is not None and console.is_terminal
        self._bar: Any = None
        self._task: Any = None
        self._from = self._total = 0
        self._start = 0.0

    def begin(self, done: int, total: int) -> None:
        """Training starts after `done` of `total` steps."""
        self._from, self._total, self._start = done, total, time.monotonic()
        if not self._wants_bar:
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            TextColumn("training"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[loss]}"),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
        )
        self._bar = Progress(*columns, console=self._console)
        self._task = self._bar.add_task("training", total=total, completed=done, loss="", rate="")
        self._bar.start()

    def step(self, done: int, skipped: int) -> None:
        """One more update step stands."""
        if self._bar is not None:
            lost = f"  {skipped} batches lost" if skipped else ""
            self._bar.update(self._task, completed=done, rate=f"{self._rate(done):.1f} steps/s{lost}")

    def loss(self, done: int, loss: float, rate: float) -> None:
        """A loss was logged."""
        if self._bar is not None:
            self._bar.update(self._task, loss=f"loss {loss:.4g}")
        else:
            left = (self._total - done) / self._rate(done) if done > self._from else 0.0
            self.say(
                f"step {done}/{self._total}  loss {loss:.4g}  lr {rate:.2e}  {self._rate(done):.1f} steps/s  "
                f"{_clock(left)} left"
            )

    def scores(self, done: int, metrics: Mapping[str, Any]) -> None:
        """An evaluation is done."""
        wanted = {"loss": "eval_loss", "P": "eval_precision", "R": "eval_recall", "F1": "eval_f1"}
        shown = [f"{name} {metrics[key]:.4g}" for name, key in wanted.items() if key in metrics]
        self.say(f"step {done}: evaluation  {'  '.join(shown)}")

    def say(self, line: str) -> None:
        """A line of text, above the bar when there is one."""
        if self._console is not None:
            self._console.print(line, markup=False, highlight=False, soft_wrap=True)

    def end(self) -> None:
        """No more steps; safe to call twice."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _rate(self, done: int) -> float:
        return (done - self._from) / max(time.monotonic() - self._start, 1e-6)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}"
