"""What all processes of a run decide together. Nobody stops, skips or saves alone: the others would wait for ever."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from .errors import USAGE, RunError

T = TypeVar("T")


class Agreement:
    """Flags that every rank sees alike; the default is a run of one process, where each flag is seen at once."""

    rank = 0
    world_size = 1

    def poll(self, flags: Sequence[int]) -> tuple[int, ...]:
        """The highest value of each flag over the ranks; every rank calls it equally often."""
        return tuple(flags)

    def now(self, flag: int) -> int:
        """The highest value over the ranks, waited for."""
        return flag

    def gather(self, value: T) -> list[T]:
        """The value of every rank, by rank."""
        return [value]

    def must_agree(self, what: dict[str, Any]) -> None:
        """Raise RunError (exit 2) on every rank when a named value differs between ranks."""
        views = self.gather(what)
        for name, value in views[0].items():
            for rank, view in enumerate(views):
                if view.get(name) != value:
                    raise RunError(
                        f"{name} differs between processes: rank 0 has {value}, rank {rank} has {view.get(name)}; "
                        "all must read the same files",
                        USAGE,
                    )


class GroupAgreement(Agreement):
    """Agreement over torch.distributed, on its own CPU group: no GPU waits for it.

    `poll` returns what was agreed in the call before: the exchange runs beside the step, so a flag is seen by all one
    step after it was raised.
    """

    def __init__(self) -> None:
        import torch.distributed as dist

        self._dist = dist
        self._group = dist.new_group(backend="gloo")
        self.rank = dist.get_rank()
        self.world_size = dist.get_world_size()
        self._pending: tuple[Any, Any] | None = None

    def poll(self, flags: Sequence[int]) -> tuple[int, ...]:
        import torch

        agreed = tuple(0 for _ in flags)
        if self._pending is not None:
            work, tensor = self._pending
            work.wait()
            agreed = tuple(tensor.tolist())
        tensor = torch.tensor(list(flags), dtype=torch.int64)
        work = self._dist.all_reduce(tensor, op=self._dist.ReduceOp.MAX, group=self._group, async_op=True)
        self._pending = (work, tensor)
        return agreed

    def now(self, flag: int) -> int:
        import torch

        tensor = torch.tensor([flag], dtype=torch.int64)
        self._dist.all_reduce(tensor, op=self._dist.ReduceOp.MAX, group=self._group)
        return int(tensor.item())

    def gather(self, value: T) -> list[T]:
        values: list[Any] = [None] * self.world_size
        self._dist.all_gather_object(values, value, group=self._group)
        return values


def agreement() -> Agreement:
    """The agreement of this process: over the group when torch.distributed runs one, else alone."""
    import torch.distributed as dist

    together = dist.is_available() and dist.is_initialized() and dist.get_world_size() > 1
    return GroupAgreement() if together else Agreement()
