"""Truths on disk: a long run is made once per seed, libraries and version of the truth, and taken up where it broke."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from pathlib import Path
from typing import Any

from .generate import Case
from .surfaces import Surface
from .truth import Truth

VERSION = 1


def truths(cases: list[Case], surfaces: tuple[Surface, ...], folder: Path) -> list[dict[str, Any]]:
    """The truth of each case, in order; those that the folder lacks are made now, with a line of progress."""
    from importlib.metadata import version

    libraries = {name: version(name) for name in ("transformers", "peft", "gliner", "torch", "accelerate")}
    key = json.dumps([VERSION, libraries, cases], sort_keys=True)
    path = folder / f"truth-{hashlib.sha256(key.encode()).hexdigest()[:16]}.jsonl"
    folder.mkdir(parents=True, exist_ok=True)
    found = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    if len(found) < len(cases):
        by_name = {surface.name: surface for surface in surfaces}
        truth = Truth(folder / "world")
        started = time.monotonic()
        with path.open("a") as out:
            for number, case in enumerate(cases[len(found) :], len(found) + 1):
                row = truth.of(by_name[case.surface], case)
                for volatile in ("trace", "warned"):
                    row.pop(volatile, None)
                found.append(row)
                print(json.dumps(found[-1]), file=out, flush=True)
                if number % 500 == 0:
                    spent = time.monotonic() - started
                    print(f"truth: {number} of {len(cases)} cases, {spent:.0f} s", file=sys.stderr, flush=True)
    return found
