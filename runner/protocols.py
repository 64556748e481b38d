"""What the engine needs from others: someone who writes the receipt. The engine never writes one itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Exit:
    """How the run ended: `code` as the shell sees it, `reason` one of finished, refused, interrupted, "failed: …"."""

    code: int
    reason: str


@dataclass(slots=True)
class Progress:
    """What is known of a run while it goes; one object lives as long as the run, and the writer reads it.

    `keys` are rows of the receipt's `keys`, `losses` rows of its `losses` ({step, loss}), `files` the paths written at
    the top of the output folder, relative to it, for `subject`. Seconds are wall-clock seconds of training.
    """

    steps_planned: int = 0
    steps_done: int = 0
    from_step: int = 0
    world_size: int = 1
    device: str = ""
    precision: str = "fp32"
    losses: list[dict[str, float]] = field(default_factory=list)
    metrics: dict[str, float] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    seeds: dict[str, int] = field(default_factory=dict)
    determinism: dict[str, Any] = field(default_factory=dict)
    keys: Sequence[Mapping[str, Any]] = ()
    files: Sequence[str] = ()
    notes: list[str] = field(default_factory=list)
    last_checkpoint: str | None = None
    forced: list[str] = field(default_factory=list)
    seconds: float = 0.0


class ReceiptWriter(Protocol):
    """Writes `receipt.json` in the output folder; only the first rank calls it. It must not raise on a full disk."""

    def start(self, progress: Progress) -> None:
        """The run begins: exit.reason is "running" from now on."""

    def checkpoint(self, progress: Progress) -> None:
        """A checkpoint stands on disk: replace the receipt atomically."""

    def finish(self, progress: Progress, end: Exit) -> None:
        """The run has ended, well or not."""

    def amend(self, end: Exit) -> None:
        """Change only how the run ended, in the receipt that another process (rank 0, now dead) left behind."""

    def handover(self) -> tuple[str, Mapping[str, Any]]:
        """How another process makes the same writer: "module:callable" and its JSON keyword arguments."""
        ...
