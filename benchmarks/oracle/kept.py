"""Truths on disk: a long run is made once per seed, libraries and version of the truth, and taken up where it broke."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from .generate import Case
from .surfaces import GLINER_ARGS, GLINER_CONFIG, LORA, TRAINER_ARGS, Surface
from .truth import Truth

# Raised by hand for a surface when the truth about it is found in another way than before.
VERSIONS = {GLINER_ARGS: 1, TRAINER_ARGS: 2, LORA: 1, GLINER_CONFIG: 1}


def truths(cases: list[Case], surfaces: tuple[Surface, ...], folder: Path) -> list[dict[str, Any]]:
    """The truth of each case, in order; those that the folder lacks are made now, with a line of progress."""
    folder.mkdir(parents=True, exist_ok=True)
    found: list[dict[str, Any]] = []
    truth: Truth | None = None
    for surface in surfaces:
        ours = [case for case in cases if case.surface == surface.name]
        if not ours:
            continue
        path = folder / f"{surface.name}-{_digest(ours)}.jsonl"
        known = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
        started = time.monotonic()
        with path.open("a") as out:
            for case in ours[len(known) :]:
                truth = truth or Truth(folder / "world")
                row = truth.of(surface, case)
                known.append({key: value for key, value in row.items() if key not in ("trace", "warned")})
                print(json.dumps(known[-1]), file=out, flush=True)
                if len(known) % 500 == 0:
                    spent = time.monotonic() - started
                    print(f"{surface.name}: {len(known)} of {len(ours)}, {spent:.0f} s", file=sys.stderr, flush=True)
        found += known
    return found


def _digest(cases: list[Case]) -> str:
    """What the truths of these cases hang on: the cases, the libraries, and how the truth is found."""
    libraries = {name: version(name) for name in ("transformers", "peft", "gliner", "torch", "accelerate")}
    key = json.dumps([VERSIONS[cases[0].surface], libraries, cases], sort_keys=True)
    return hashlib.sha256(key.encode()).hexdigest()[:16]
