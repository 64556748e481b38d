"""Takes out mutants that execution cannot tell from the clean trainer: they are no defects."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from harness.derive import probes
from harness.run import execute
from harness.snippet import MISSING, Snippet
from mutants import Mutant, Trainer

#: A key that is written and read by nobody changes nothing in any run: that is the defect. Where the trainer itself
#: refuses the key, there is nothing left to find.
BY_DEFINITION = frozenset(["unread_key"])


def settings(snippet: Snippet, keys: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """As shipped, in every variant, and with each key probed, falsy, missing or refused."""
    for variant in [{}, *snippet.labels.get("variants", [])]:
        yield variant
        for key in (k for k in keys if k in snippet.keys):
            entry, base = snippet.keys[key], snippet.base(key)
            values = entry.get("probes", probes(None if base is MISSING else base))
            zero = [type(base)(0)] if isinstance(base, int | float) else []
            for value in [*zero, *values, *entry.get("reject", []), MISSING]:
                yield {**variant, key: value}


def seen(snippet: Snippet, values: dict[str, Any]) -> tuple[Any, ...]:
    run = execute(snippet, values)
    return run.sinks, run.error


def is_equivalent(mutant: Mutant, trainer: Trainer) -> bool:
    """Whether no setting hands anything else to a library, nor stops another way."""
    clean = trainer.snippet
    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        mutated = Snippet(mutant.write(clean.folder, Path(folder)))
        if mutant.operator in BY_DEFINITION:
            return seen(mutated, {}) != seen(clean, {})
        return all(seen(mutated, values) == seen(clean, values) for values in settings(clean, mutant.keys))
