"""One run while it goes: what its parts share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .agreement import Agreement
from .errors import Interrupted, RunError
from .observe import Observed
from .plan_types import RunOptions, RunPlan
from .protocols import Progress, ReceiptWriter
from .signals import Watch
from .workers import Workers


@dataclass(slots=True)
class Run:
    """The plan, how to run it, who listens, and what has been seen so far."""

    plan: RunPlan
    options: RunOptions
    receipt: ReceiptWriter
    watch: Watch
    agreement: Agreement = field(default_factory=Agreement)
    progress: Progress = field(default_factory=Progress)
    observed: Observed = field(default_factory=Observed)
    workers: Workers = field(default_factory=Workers)
    identity: Mapping[str, Any] = field(default_factory=dict)
    eval_examples: Sequence[Any] | None = None
    args: Any = None
    model: Any = None
    stop: int = 0
    failure: str | None = None
    pending: list[str] = field(default_factory=list)

    @property
    def output(self) -> Path:
        """The output folder."""
        return Path(str(self.plan.data["output_dir"]))

    @property
    def is_first(self) -> bool:
        """Whether this process is rank 0, the only one that writes."""
        return self.agreement.rank == 0

    def poll(self) -> int:
        """The signal that all ranks agree on, or 0. Raises RunError when one of them has failed."""
        stop, failed = self.agreement.poll((self.watch.signum, int(self.failure is not None)))
        if failed:
            raise RunError(self.failure or "another process of the group saw a loss that is not finite")
        self.stop = self.stop or stop
        return self.stop

    def interrupt(self) -> None:
        """Raise Interrupted when all agree that a signal came: between batches of an evaluation."""
        if self.poll():
            raise Interrupted(self.stop)
