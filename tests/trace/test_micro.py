"""The half of the micro corpus that was written blind: scored apart, as it is (labels by execution, tests/micro)."""

from collections import Counter
from pathlib import Path

import pytest
from trace_scoring import score

FROZEN = Path(__file__).parent.parent / "micro" / "frozen"


@pytest.fixture(scope="module")
def totals() -> Counter[str]:
    out: Counter[str] = Counter()
    for labels in sorted(FROZEN.rglob("labels.json")):
        result = score(labels.parent)
        abstaining = "abstaining_" if labels.parent.parent.name == "must_abstain" else ""
        for name in ("true", "false", "missed"):
            out[abstaining + name] += getattr(result, name)
        for name in ("states", "right_states", "false_proven", "proven"):
            out[name] += getattr(result, name)
    return out


def test_the_corpus_is_there(totals: Counter[str]) -> None:
    assert totals["states"] > 600


def test_edge_precision(totals: Counter[str]) -> None:
    assert totals["true"] / (totals["true"] + totals["false"]) >= 0.97


def test_no_false_negative_claim(totals: Counter[str]) -> None:
    assert totals["proven"] >= 80
    assert totals["false_proven"] == 0


def test_edge_recall_where_abstaining_is_not_right(totals: Counter[str]) -> None:
    assert totals["true"] / (totals["true"] + totals["missed"]) >= 0.97
