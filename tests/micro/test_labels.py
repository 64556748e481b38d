"""Every label of the micro corpus is true when the snippet is executed."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from execute import snippets
from harness.compare import disagreements
from harness.snippet import Snippet


@pytest.mark.parametrize("folder", snippets(), ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_labels_equal_execution(folder: Path) -> None:
    assert disagreements(Snippet(folder)) == []


@pytest.mark.parametrize(("half", "least"), [("frozen", 90), ("heldout", 100), ("heldout2", 70)])
def test_set_is_broad(half: str, least: int) -> None:
    groups = Counter(folder.parent.name for folder in snippets(half))
    assert sum(groups.values()) >= least
    assert len(groups) >= 14
