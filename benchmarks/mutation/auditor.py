"""Asks an auditor for its findings on one script and its configs."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, cast


class Found(NamedTuple):
    name: str
    key: str
    line: int
    severity: str
    confidence: str
    message: str


Auditor = Callable[[Path, list[Path]], list[Found]]


def command_line(script: Path, configs: list[Path]) -> list[Found]:
    """``gliner-audit SCRIPT CONFIG… --format json``, run in the folder of the script."""
    files = [str(config.relative_to(script.parent)) for config in configs]
    command = [sys.executable, "-m", "gliner_audit", "--format", "json", "--", script.name, *files]
    done = subprocess.run(
        command, cwd=script.parent, capture_output=True, text=True, timeout=120, check=False, env=os.environ
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(f"gliner-audit ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    return [
        Found(f["name"], f.get("key") or "", f["line"], f["severity"], f["confidence"], f["message"])
        for f in json.loads(done.stdout)["findings"]
        if f["severity"] != "advice" and not f["suppressed"]
    ]


def named(name: str | None) -> Auditor:
    """The auditor ``module:function``, or the command line when no name is given."""
    if name is None:
        return command_line
    module, _, function = name.partition(":")
    return cast(Auditor, getattr(importlib.import_module(module), function))
