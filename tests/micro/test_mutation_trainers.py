"""The clean trainers of benchmarks/mutation are clean, and every operator finds a place in them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path += [str(ROOT / "tests" / "micro"), str(ROOT / "benchmarks" / "mutation")]

import at_sink  # noqa: E402
import on_the_way  # noqa: E402
from equivalence import is_equivalent  # noqa: E402
from harness.compare import disagreements  # noqa: E402
from harness.derive import derive  # noqa: E402
from harness.snippet import Snippet  # noqa: E402
from mutants import Trainer  # noqa: E402

FOLDERS = sorted(path.parent for path in (ROOT / "benchmarks" / "mutation" / "trainers").glob("*/labels.json"))
OPERATORS = [*at_sink.OPERATORS, *on_the_way.OPERATORS]


@pytest.fixture(scope="module")
def validating() -> list[Trainer]:
    """Two trainers with tables that validate: between them every operator has a place."""
    folders = [folder for folder in FOLDERS if folder.name in ("wrapper_with_defaults", "typer_schema_table")]
    return [Trainer(folder, derive(Snippet(folder))) for folder in folders]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_clean_trainer_uses_every_key(folder: Path) -> None:
    snippet = Snippet(folder)
    assert disagreements(snippet) == []
    states = {key: facts.states()[0] for key, facts in derive(snippet).items()}
    assert [key for key, state in states.items() if state in ("dead", "checked-only")] == []


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda operator: operator.__name__)
def test_operator_makes_a_defect(operator: at_sink.Operator, validating: list[Trainer]) -> None:
    assert any(not is_equivalent(mutant, trainer) for trainer in validating for mutant in operator(trainer))
