"""What the runner costs beside GLiNER's own `train_model` on the same work, on the CPU, in one process.

    python benchmarks/run_cost.py [--pairs 50]         some three minutes

Steps: both sides train the same tiny model at the same time and take turns, one block of steps each, so that a busy
machine meets both alike. A block is two epochs: the same batches each time, two lines of log each. The order within a
pair alternates (ABBA), the first block of each side warms up. What is timed is a block from the end of its first
step's predecessor to the end of its last step: wall, and CPU of the whole process, in which only one side runs at a
time. The goal is held against CPU time; wall is shown. The interval is Student's over the pairs' differences.

Start-up: from a side's first line to its first step, libraries imported, five pairs of short runs in turns.

Ends with 1 when a goal is missed. Needs the train extra.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from beside import WARM_UP, Clock, Work, at_least, interval, ours, plain, quiet, timed, tiny_work

SHARE, FLOOR, START_UP = 0.01, 0.0005, 1.0
BLOCK: Final = 64
PATIENCE: Final = 300.0


class Block(NamedTuple):
    """Seconds per step."""

    wall: float
    cpu: float


class Turns:
    """Whose turn it is: both sides' first block, then pairs in the order ABBA."""

    def __init__(self, pairs: int) -> None:
        self._order = [0, 1, *(side for pair in range(pairs) for side in ((0, 1), (1, 0))[pair % 2])]
        self._at = 0
        self._changed = threading.Condition()
        self.broken = False

    def wait(self, side: int) -> None:
        """Until it is the side's turn, or there are no more turns. Raises TimeoutError when the other side is gone."""
        with self._changed:
            free = self._changed.wait_for(lambda: self.broken or self._whose() in (side, None), PATIENCE)
        if self.broken or not free:
            raise TimeoutError("the other side ended too early")

    def done(self) -> None:
        """The block that had its turn has ended."""
        with self._changed:
            self._at += 1
            self._changed.notify_all()

    def leave(self) -> None:
        """A side has gone, at its end or before."""
        with self._changed:
            self.broken = self._whose() is not None
            self._changed.notify_all()

    def _whose(self) -> int | None:
        return self._order[self._at] if self._at < len(self._order) else None


@dataclass(slots=True)
class Side:
    """One side's ear: times its blocks, and lets the other side run between them."""

    turns: Turns
    number: int
    blocks: list[Block] = field(default_factory=list)
    start: tuple[float, float] = (0.0, 0.0)

    def begin(self) -> None:
        """Training begins."""
        self.turns.wait(self.number)
        self.start = _now()

    def step(self, step: int) -> None:
        """A step has ended; with a block, hand over."""
        if step % BLOCK:
            return
        wall, cpu = (b - a for a, b in zip(self.start, _now(), strict=True))
        self.blocks.append(Block(wall / BLOCK, cpu / BLOCK))
        self.turns.done()
        self.turns.wait(self.number)
        self.start = _now()

    def end(self) -> None:
        """Training has ended."""


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def main(arguments: list[str] | None = None) -> int:
    """Prints the figures and the goals; the exit status says whether all goals are met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=at_least(10), default=50, help=f"of blocks of {BLOCK} steps")
    asked = parser.parse_args(arguments)
    os.environ |= {"OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
    from transformers.utils import logging

    logging.disable_progress_bar()
    logging.set_verbosity_error()
    with tempfile.TemporaryDirectory(prefix="gliner-audit-cost-") as name:
        print(f"load before: {os.getloadavg()[0]:.2f} on {os.cpu_count()} cores", flush=True)
        steps = BLOCK * (asked.pairs + 1)
        sides = in_turns(tiny_work(Path(name) / "steps", steps, logging_steps=BLOCK // 2), asked.pairs)
        print(f"load after: {os.getloadavg()[0]:.2f}; {asked.pairs} pairs of blocks of {BLOCK} steps\n", flush=True)
        met = [_step_goal(*sides)]
        met.append(_start_up_goal(tiny_work(Path(name) / "start", WARM_UP + 5)))
    return 0 if all(met) else 1


def in_turns(work: Work, pairs: int) -> tuple[list[Block], list[Block]]:
    """The blocks of train_model and ours, pair by pair; ours in the main thread, where signals are its own."""
    turns = Turns(pairs)
    theirs, own = Side(turns, 0), Side(turns, 1)

    def other() -> None:
        try:
            plain(work, theirs)
        finally:
            turns.leave()

    thread = threading.Thread(target=other, daemon=True)
    with quiet():
        thread.start()
        # until train_model has had its first turn: importing and building side by side would mix the output
        turns.wait(1)
        try:
            ours(work, own)
        finally:
            turns.leave()
            thread.join(PATIENCE)
    return theirs.blocks[1:], own.blocks[1:]


def _step_goal(theirs: list[Block], own: list[Block]) -> bool:
    met = True
    for what in ("cpu", "wall"):
        base = statistics.fmean(getattr(block, what) for block in theirs)
        more = interval([getattr(b, what) - getattr(a, what) for a, b in zip(theirs, own, strict=True)])
        bound = max(SHARE * base, FLOOR)
        shown = " .. ".join(f"{value * 1000:+.3f}" for value in (more.low, more.high))
        verdict = f", wanted <= {bound * 1000:+.3f}: {_verdict(more.high <= bound)}" if what == "cpu" else ""
        met = met and (what == "wall" or more.high <= bound)
        print(
            f"{what} a step: train_model {base * 1000:.3f} ms, ours {more.mean * 1000:+.3f} ms (95 %: {shown}){verdict}"
        )
    return met


def _start_up_goal(work: Work) -> bool:
    laps: dict[str, list[float]] = {"theirs": [], "bare": [], "full": []}
    for turn in range(6):
        taken = {
            "theirs": timed(work, plain, Clock(work.device)),
            "bare": timed(work, ours, Clock(work.device), rehearse=False),
            "full": timed(work, ours, Clock(work.device)),
        }
        for name, lap in taken.items():
            laps[name] += [lap.start_up] if turn else []
    base, bare, full = (statistics.median(laps[name]) for name in ("theirs", "bare", "full"))
    print(f"start-up until the first step: train_model {base:.3f} s, ours {full - base:+.3f} s with the rehearsal")
    met = bare - base <= START_UP
    print(f"  without the rehearsal {bare - base:+.3f} s, wanted <= {START_UP:.0f} s: {_verdict(met)}")
    return met


def _verdict(met: bool) -> str:
    return "met" if met else "MISSED"


if __name__ == "__main__":
    sys.exit(main())
