"""How a run ends before its end: the exit codes of `gliner-audit run`, and the exceptions that carry them."""

from __future__ import annotations

from typing import Final

FINISHED: Final = 0
REFUSED: Final = 1
USAGE: Final = 2
REHEARSAL: Final = 6
TRAINING: Final = 7


class RunError(Exception):
    """The run cannot start or go on. `message` is for the user, `code` the exit code.

    `reason` is the receipt's class: "refused" for what never began (codes 1 and 2), else "failed".
    """

    def __init__(self, message: str, code: int = TRAINING, reason: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.reason = reason or ("refused" if code in (REFUSED, USAGE) else "failed")


class Interrupted(BaseException):
    """A signal ended the run. Not an Exception: no handler of a library may swallow it.

    `checkpoint` is the folder that was saved because of the signal, or None when there was nothing to save yet.
    """

    def __init__(self, signum: int, checkpoint: str | None = None) -> None:
        super().__init__(f"signal {signum}")
        self.signum = signum
        self.checkpoint = checkpoint

    @property
    def code(self) -> int:
        """128 + signal, as a shell reports it: 130 for SIGINT, 143 for SIGTERM."""
        return 128 + self.signum


class OutOfMemory(Exception):
    """The device ran out of memory. Not a RuntimeError: gliner's training_step turns those into a loss of 0."""
