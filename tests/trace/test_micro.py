"""The half of the micro corpus that was written blind: scored apart, as it is (labels by execution, tests/micro)."""

from collections import Counter
from pathlib import Path

import pytest
from trace_scoring import totals

FROZEN = Path(__file__).parent.parent / "micro" / "frozen"


@pytest.fixture(scope="module")
def sums() -> Counter[str]:
    return totals(FROZEN)


def test_the_corpus_is_there(sums: Counter[str]) -> None:
    assert sums["states"] > 600


def test_edge_precision(sums: Counter[str]) -> None:
    assert sums["true"] / (sums["true"] + sums["false"]) >= 0.97


def test_no_false_negative_claim(sums: Counter[str]) -> None:
    assert sums["proven"] >= 80
    assert sums["false_proven"] == 0


def test_edge_recall_where_abstaining_is_not_right(sums: Counter[str]) -> None:
    assert sums["true"] / (sums["true"] + sums["missed"]) >= 0.97
