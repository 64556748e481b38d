"""Whole processes, timed in turns: what `wait4` says of each, medians, and ratios pair by pair."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Lap(NamedTuple):
    """One process: wall and CPU (user and system) in seconds, peak memory in KiB, and its exit status."""

    wall: float
    cpu: float
    memory: int
    status: int


def lap(command: Sequence[str], folder: Path) -> Lap:
    """Runs a command to its end, its output thrown away."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "LANG": "C.UTF-8"}
    started = time.perf_counter()
    child = os.fork()
    if child == 0:
        null = os.open(os.devnull, os.O_RDWR)
        for handle in range(3):
            os.dup2(null, handle)
        os.chdir(folder)
        os.execve(command[0], list(command), environment)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - started
    return Lap(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, os.waitstatus_to_exitcode(status))


def turns(commands: dict[str, Sequence[str]], folder: Path, times: int) -> dict[str, list[Lap]]:
    """Each command once per turn, so that a busy moment of the machine meets them all; the first turn warms up."""
    laps: dict[str, list[Lap]] = {name: [] for name in commands}
    for turn in range(times + 1):
        for name, command in commands.items():
            taken = lap(command, folder)
            if taken.status not in (0, 1):
                raise SystemExit(f"speed: {name} ended with {taken.status}: {' '.join(command)[:200]}")
            if turn:
                laps[name].append(taken)
    return laps


def median(laps: list[Lap], field: str) -> float:
    """The median of wall, cpu or memory."""
    return float(statistics.median(getattr(taken, field) for taken in laps))


def ratio(ours: list[Lap], theirs: list[Lap], field: str = "cpu") -> float:
    """The median of the ratios turn by turn."""
    return float(statistics.median(getattr(a, field) / getattr(b, field) for a, b in zip(ours, theirs, strict=True)))
