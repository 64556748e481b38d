"""Writing the receipt: at the start, at each checkpoint and at every exit, always whole."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Final

from ..protocols import Exit, Progress
from . import surroundings
from .clean import Tree, clean, encode, thin
from .facts import SCHEMA, Facts

NAME: Final = "receipt.json"
REFUSED: Final = "receipt.refused.json"
"""The receipt of a refusal, where the folder holds the receipt of a run that trained."""
RUNNING: Final = {"code": None, "reason": "running"}
_LOST: Final = {"code": None, "reason": "ended without a word: killed, or the machine stopped"}


class Receipt:
    """Writes the receipt of one run; `folder` None writes nothing. It never raises OSError: `problem` holds the last
    one, and `finish` says it on stderr.

    A folder has one receipt. A run that goes on adds an attempt to it and keeps the losses up to where it began.
    """

    def __init__(self, folder: str | None, facts: Facts | Tree) -> None:
        self.folder = folder
        self.problem: str | None = None
        self._base: Tree = facts.tree() if isinstance(facts, Facts) else facts
        self._prior: Tree = {}
        self._started: str | None = None

    def start(self, progress: Progress) -> None:
        """The run begins, or goes on: what the folder's receipt says of earlier attempts is kept."""
        self._begin()
        self._write(self._tree(progress, RUNNING))

    def checkpoint(self, progress: Progress) -> None:
        """A checkpoint stands."""
        self._write(self._tree(progress, RUNNING))

    def finish(self, progress: Progress, end: Exit) -> None:
        """The run has ended. The weights are hashed now; what was refused leaves the receipt of earlier training."""
        ended = asdict(end)
        if self._started is None:
            self.refuse(end.reason, end.code, progress)
            return
        if end.reason.startswith("refused") and _trained(self._prior):
            attempts = [*self._prior["attempts"], self._attempt(progress, ended)]
            self._write({**self._prior, "attempts": attempts})
        else:
            self._write({**self._tree(progress, ended), "subject": self._subject(progress)})
        self._complain()

    def refuse(self, reason: str, code: int, progress: Progress | None = None) -> None:
        """The run ends before it begins."""
        self._begin()
        tree = self._tree(progress or Progress(), {"code": code, "reason": reason})
        if _trained(self._prior):
            self._write({**tree, "attempts": tree["attempts"][-1:], "losses": [], "subject": []}, REFUSED)
        else:
            self._write(tree)
        self._complain()

    def amend(self, end: Exit) -> None:
        """Put how the run ended into the receipt that another process left."""
        tree = self._read()
        if not tree:
            self._begin()
            tree = self._tree(Progress(), asdict(end))
        elif tree.get("attempts"):
            tree["attempts"][-1]["exit"] = clean(asdict(end))
        self._write({**tree, "exit": clean(asdict(end)), "updated": _now()})
        self._complain()

    def handover(self) -> tuple[str, Mapping[str, Any]]:
        """How another process makes the same writer."""
        return f"{__package__}:restore", {"folder": self.folder, "base": self._base}

    def _begin(self) -> None:
        self._started = _now()
        prior = self._read()
        attempts = [
            {**attempt, "exit": _LOST} if attempt["exit"].get("reason") == "running" else attempt
            for attempt in prior.get("attempts", ())
        ]
        if prior:
            ended = _LOST if prior["exit"].get("reason") == "running" else prior["exit"]
            self._prior = {**prior, "attempts": attempts, "exit": ended}

    def _attempt(self, progress: Progress, end: Mapping[str, Any]) -> Tree:
        return {
            "started": self._started,
            "from_step": progress.from_step,
            "to_step": progress.steps_done,
            "seconds": round(progress.seconds, 3),
            "counts": dict(progress.counts),
            "forced": clean(progress.forced),
            "exit": clean(end),
        }

    def _tree(self, progress: Progress, end: Mapping[str, Any]) -> Tree:
        earlier = self._prior.get("attempts", [])
        attempts = [*earlier, self._attempt(progress, end)]
        counts = dict(self._base.get("counts", {}))
        for attempt in attempts:
            for name, number in attempt.get("counts", {}).items():
                counts[name] = counts.get(name, 0) + number
        kept = [row for row in self._prior.get("losses", ()) if row["step"] <= progress.from_step]
        return {
            **self._base,
            "started": attempts[0]["started"],
            "updated": _now(),
            "exit": clean(end),
            "host": {
                **self._base["host"],
                "device": progress.device or "none yet",
                "world_size": progress.world_size,
                "precision": progress.precision,
            },
            "keys": clean(progress.keys) or self._base["keys"],
            "seeds": clean(progress.seeds),
            "determinism": clean(progress.determinism),
            "steps": {"planned": progress.steps_planned, "done": progress.steps_done},
            "losses": thin([*kept, *clean(progress.losses)]),
            "metrics": clean(progress.metrics) or self._prior.get("metrics", {}),
            "counts": counts,
            "seconds": round(sum(attempt.get("seconds", 0.0) for attempt in attempts), 3),
            "subject": [],
            "attempts": attempts,
            "last_checkpoint": clean(progress.last_checkpoint) or self._prior.get("last_checkpoint"),
            "forced": clean(progress.forced),
            "notes": clean(progress.notes),
        }

    def _subject(self, progress: Progress) -> list[Tree]:
        rows = []
        for name in progress.files:
            try:
                sha256, size = surroundings.digest(os.path.join(self.folder or "", name))
            except OSError as error:
                progress.notes.append(f"{name} could not be hashed: {error.strerror or error}")
                continue
            rows.append({"file": name, "sha256": sha256, "bytes": size})
        return rows

    def _read(self) -> Tree:
        """The folder's receipt; empty when there is none that can be read."""
        if self.folder is None:
            return {}
        try:
            with open(os.path.join(self.folder, NAME), encoding="utf-8") as file:
                tree = json.load(file)
        except (OSError, ValueError):
            return {}
        return tree if isinstance(tree, dict) and tree.get("schema") == SCHEMA else {}

    def _write(self, tree: Tree, name: str = NAME) -> None:
        """Replace the file at once: at any moment there is the old receipt or the new one, whole."""
        if self.folder is None:
            return
        draft = os.path.join(self.folder, f".{name}.new")
        try:
            os.makedirs(self.folder, exist_ok=True)
            with open(draft, "wb") as file:
                file.write(encode(tree))
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, os.path.join(self.folder, name))
            self.problem = None
        except OSError as error:
            self.problem = f"{error.strerror or error}"
            with suppress(OSError):
                os.unlink(draft)

    def _complain(self) -> None:
        if self.problem is not None:
            print(f"gliner-audit: the receipt in {self.folder} could not be written: {self.problem}", file=sys.stderr)


def restore(folder: str | None, base: Tree) -> Receipt:
    """The writer that another process handed over."""
    return Receipt(folder, base)


def _trained(receipt: Mapping[str, Any]) -> bool:
    """Whether a receipt speaks of a run that got further than being refused."""
    return any(not str(attempt["exit"].get("reason")).startswith("refused") for attempt in receipt.get("attempts", ()))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
