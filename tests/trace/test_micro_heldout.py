"""The held-out set of the micro corpus, scored apart: its labels are older than any mend of the tracer for it. Its
first score is what to expect of code never seen: edge precision 0.951, recall 0.878, 22 of 119 negative claims false.

Recall is reported (``python tests/trace/trace_scoring.py tests/micro/heldout``), not demanded.
"""

from collections import Counter
from pathlib import Path

import pytest
from trace_scoring import score, totals

HELDOUT = Path(__file__).parent.parent / "micro" / "heldout"

#: Snippets of which the tracer claims something false, and the kind of claim. A mend must take its snippet out.
KNOWN_MISSES = {
    "silent_defects/attribute_set_after_build": "false edge",
    "stateful/callback_changes_arguments": "false edge",
}


@pytest.fixture(scope="module")
def sums() -> Counter[str]:
    return totals(HELDOUT, without=KNOWN_MISSES)


def test_edge_precision_outside_the_known_misses(sums: Counter[str]) -> None:
    assert sums["true"] >= 200
    assert sums["true"] / (sums["true"] + sums["false"]) >= 0.97


def test_no_false_negative_claim_outside_the_known_misses(sums: Counter[str]) -> None:
    assert sums["proven"] >= 60
    assert sums["false_proven"] == 0


@pytest.mark.xfail(raises=AssertionError, strict=True, reason="a known miss of the tracer")
@pytest.mark.parametrize("name", KNOWN_MISSES)
def test_known_miss(name: str) -> None:
    result = score(HELDOUT / name)
    assert (result.false, result.false_proven) == (0, 0), result.wrong
