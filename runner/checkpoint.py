"""Checkpoints that say when they are complete: a marker with the checksum of every file, written last."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from .examples import digest

MARKER: Final = "complete.json"
UNMERGED: Final = "unmerged.pt"
PREFIX: Final = "checkpoint-"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A complete checkpoint: its folder, the update step that it follows, and what its marker says."""

    folder: Path
    step: int
    marker: Mapping[str, Any]


def begin(folder: Path) -> None:
    """Make room: whatever an earlier attempt left under this name is not part of the new checkpoint."""
    if folder.exists():
        shutil.rmtree(folder)


def complete(folder: Path, *, step: int, identity: Mapping[str, Any], resumable: bool, pending: list[str]) -> None:
    """Write the marker: from here on the checkpoint counts. `pending` names work that was due at this step."""
    files = {
        path.relative_to(folder).as_posix(): {"sha256": digest(str(path)), "bytes": path.stat().st_size}
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MARKER
    }
    marker = {"step": step, "resumable": resumable, "pending": pending, "identity": identity, "files": files}
    draft = folder / f".{MARKER}"
    with open(draft, "w", encoding="utf-8") as file:
        json.dump(marker, file, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / MARKER)


def flaw(folder: Path) -> tuple[str | None, Mapping[str, Any]]:
    """Why a checkpoint cannot be used (None when it can), and its marker."""
    try:
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return "it was not finished", {}
    except (OSError, ValueError) as error:
        return f"its {MARKER} cannot be read: {error}", {}
    if not marker.get("resumable"):
        return "it holds the model only (save_only_model), not the optimizer", marker
    for name, facts in marker["files"].items():
        path = folder / name
        if not path.is_file():
            return f"{name} is missing", marker
        if path.stat().st_size != facts["bytes"] or digest(str(path)) != facts["sha256"]:
            return f"{name} is not what was written: its checksum differs", marker
    return None, marker


def latest(output: Path, say: Callable[[str], None]) -> Checkpoint | None:
    """The newest complete checkpoint below `output`; each newer one that is not is named through `say`."""
    for folder in sorted(found(output), key=step_of, reverse=True):
        reason, marker = flaw(folder)
        if reason is None:
            return Checkpoint(folder, int(marker["step"]), marker)
        say(f"{folder.name} is skipped: {reason}")
    return None


def found(output: Path) -> list[Path]:
    """Every checkpoint folder below `output`, complete or not."""
    folders = output.glob(f"{PREFIX}*") if output.is_dir() else ()
    return [folder for folder in folders if folder.is_dir() and folder.name.removeprefix(PREFIX).isdigit()]


def step_of(folder: Path) -> int:
    """The step in a checkpoint's name."""
    return int(folder.name.removeprefix(PREFIX))


def rotate(output: Path, limit: int | None, best: str | None) -> list[str]:
    """Delete the oldest checkpoints beyond `limit`, never the newest nor the best; the names of those deleted."""
    folders = sorted(found(output), key=step_of)
    if not limit or limit < 0:
        return []
    kept = {folders[-1].name, Path(best).name if best else folders[-1].name}
    spare = [folder for folder in folders if folder.name not in kept]
    doomed = spare[: max(len(folders) - max(limit, len(kept)), 0)]
    for folder in doomed:
        shutil.rmtree(folder, ignore_errors=True)
    return [folder.name for folder in doomed]
