"""The smallest receipt writer: the engine's progress as JSON, replaced atomically. Tests read it back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gliner_audit.runner.protocols import Exit, Progress


class PlainReceipt:
    """Writes `receipt.json` below a folder."""

    def __init__(self, folder: str) -> None:
        self.path = Path(folder) / "receipt.json"

    def start(self, progress: Progress) -> None:
        self._write(progress, {"code": None, "reason": "running"})

    def checkpoint(self, progress: Progress) -> None:
        self._write(progress, {"code": None, "reason": "running"})

    def finish(self, progress: Progress, end: Exit) -> None:
        self._write(progress, asdict(end))

    def amend(self, end: Exit) -> None:
        tree = json.loads(self.path.read_text()) if self.path.exists() else {}
        self._replace({**tree, "exit": asdict(end)})

    def handover(self) -> tuple[str, Mapping[str, Any]]:
        return "plain_receipt:PlainReceipt", {"folder": str(self.path.parent)}

    def _write(self, progress: Progress, end: Mapping[str, Any]) -> None:
        self._replace({**asdict(progress), "exit": end})

    def _replace(self, tree: Mapping[str, Any]) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            draft = self.path.with_name(".receipt.json")
            draft.write_text(json.dumps(tree, indent=1))
            draft.replace(self.path)
        except OSError:
            return
