"""What is known to go wrong in a GLiNER, Trainer or LoRA config, and which rule says so; or why none does.

Two catalogues of facts lie behind the rules: a guide to LoRA and TRL with GLiNER's documentation ("guide"), and
experiments with GLiNER's training ("experiments"). Each row here is one of theirs, by its number there. docs/rules/
coverage.md is written from this table; a test holds it to the catalogues where they are at hand.
"""

from __future__ import annotations

from typing import NamedTuple

GUIDE, EXPERIMENTS = "guide", "experiments"

# Why a row has no rule.
SEVERAL = "it compares several configs; `gliner-audit diff` shows what changes"
DATA = "it hangs on the training data; `gliner-audit run` looks at them"
DEVICE = "it hangs on the machine or on installed packages"
CODE = "it is about a training script, not about a config"
DEFAULT = "nothing is wrong: it says what a default does; `gliner-audit plan` shows the value and its layer"
LOADING = "it is about arguments of the model's loading that no surface of the catalog holds"
TRL = "it is about TRL's own config classes, which the catalog does not hold"
CURVES = "it needs the loss curves of a run"
RUNNER = "it is about how training is run; `gliner-audit run` does it so"


class Row(NamedTuple):
    """One fact: its catalogue and number, what goes wrong in a few words, the rules that say it, or why none does."""

    catalogue: str
    number: str
    what: str
    rules: tuple[str, ...] = ()
    because: str | None = None


def rows() -> tuple[Row, ...]:
    """Every row, catalogue by catalogue."""
    from .coverage_rows import EXCLUDED, RULED

    found = [Row(catalogue, number, what, tuple(names.split())) for catalogue, number, what, names in RULED]
    found += [Row(catalogue, number, what, (), because) for catalogue, number, what, because in EXCLUDED]
    return tuple(sorted(found, key=lambda row: (row.catalogue, _order(row.number))))


def page() -> str:
    """The table as Markdown."""
    parts = ["# Coverage", " ".join((__doc__ or "").split("\n\n", 1)[0].split()), "Written from `rules/coverage.py`."]
    for catalogue in (GUIDE, EXPERIMENTS):
        ours = [row for row in rows() if row.catalogue == catalogue]
        lines = [f"## {catalogue.capitalize()}", "", "| number | what | rule, or why there is none |", "|---|---|---|"]
        lines += [f"| {row.number} | {row.what} | {_said(row)} |" for row in ours]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _said(row: Row) -> str:
    return row.because or ", ".join(f"[{name}]({name}.md)" for name in row.rules)


def _order(number: str) -> tuple[str, int, str]:
    letters = number.rstrip("0123456789")
    return letters, int(number[len(letters) :] or 0), number
