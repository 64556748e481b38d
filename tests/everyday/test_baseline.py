"""A baseline knows findings again when lines move, forgets none, and says what is stale."""

from __future__ import annotations

import json

import pytest
from gliner_audit.rules.baseline import BaselineError, apply, fingerprint, read, write
from gliner_audit.rules.finding import Finding, Suppression
from hypothesis import given
from hypothesis import strategies as st


def _finding(name: str, key: str, line: int = 1, file: str = "a.yaml", occurrence: int = 0) -> Finding:
    mark = fingerprint(name, file, key, occurrence)
    return Finding("GA101", name, "error", "proven", "m", file, line, 1, line, 2, mark, key=key)


ONE, TWO = _finding("unknown-key", "lr"), _finding("dead-field", "b", file="b.yaml")


def test_a_baseline_silences_its_findings_and_no_others() -> None:
    moved = ONE._replace(line=90, message="another value")
    new = _finding("unknown-key", "other")
    applied, stale = apply(
        [moved, TWO, new], write([ONE, TWO]), files=["a.yaml"], ran=["unknown-key"], exists=lambda _: True
    )
    assert [one.suppressed and one.suppressed.by for one in applied] == ["baseline", "baseline", None]
    assert stale == []


def test_writing_is_stable_and_keeps_what_was_agreed() -> None:
    agreed = ONE._replace(suppressed=Suppression("baseline"))
    silenced = TWO._replace(suppressed=Suppression("comment"))
    assert write([ONE, TWO]) == write([TWO, ONE, ONE]) == write([TWO, agreed])
    assert [entry.name for entry in read(write([ONE, silenced]))] == ["unknown-key"]
    assert "line" not in json.loads(write([ONE]))["findings"][0]


@pytest.mark.parametrize(
    ("files", "ran", "exists", "stale"),
    [
        (["a.yaml"], ["unknown-key"], True, ["lr"]),
        (["b.yaml"], ["unknown-key"], True, []),
        (["b.yaml"], ["unknown-key"], False, ["lr"]),
        (["a.yaml"], ["dead-field"], True, []),
    ],
)
def test_stale_is_what_could_have_matched(files: list[str], ran: list[str], exists: bool, stale: list[str]) -> None:
    _, entries = apply([], write([ONE]), files=files, ran=ran, exists=lambda _: exists)
    assert [entry.key for entry in entries] == stale


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"schema": "gliner-audit/findings/1", "findings": []}',
        '{"schema": "gliner-audit/baseline/1"}',
        '{"schema": "gliner-audit/baseline/1", "findings": [1]}',
        '{"schema": "gliner-audit/baseline/1", "findings": [{"name": "x"}]}',
        '{"schema": "gliner-audit/baseline/1", "findings": [{"fingerprint": 1, "name": "", "file": "", "key": null}]}',
        '{"schema": "gliner-audit/baseline/1", "findings": [{"fingerprint": "a", "name": "a", "file": "b", "key": 1}]}',
        "[" * 100_000,
    ],
)
def test_anything_else_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(BaselineError) as refused:
        read(text)
    assert "\n" not in str(refused.value)
    assert "--write-baseline" in str(refused.value)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("ab"), st.text(max_size=3), st.integers(0, 3))))
def test_fingerprints_tell_apart_what_differs(parts: list[tuple[str, str, str, int]]) -> None:
    marks = {fingerprint(*part) for part in parts}
    assert len(marks) == len(set(parts))
    assert all(len(mark) == 16 for mark in marks)
