"""The check of whole files: counts, places, leakage, labels, and what blocks a run."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from gliner_audit.runner.datacheck import Report, Settings, check
from gliner_audit.runner.datacheck.fates import fate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

NARROW = Settings(max_width=3, max_len=12, max_types=4)


def lines(path: Path, rows: list[Any]) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def example(text: str, *ner: Any, **more: Any) -> dict[str, Any]:
    return {"tokenized_text": text.split(), "ner": [list(one) for one in ner], **more}


def found(report: Report, split: str = "train") -> dict[str, int]:
    return {one.reason: one.cases for one in report.found if one.split == split}


def test_clean_data_blocks_nothing(tmp_path: Path) -> None:
    rows = [example(f"Ada went to Paris {index}", (0, 0, "person"), (3, 3, "place")) for index in range(40)]
    report = check(lines(tmp_path / "t.jsonl", rows), None, NARROW)
    assert report.blocks() == []
    assert report.found == ()
    train = report.splits[0]
    assert (train.examples, train.entities, train.lost, train.longest) == (40, 80, 0, 5)
    assert train.labels == {"person": 40, "place": 40}
    assert train.sha256 == hashlib.sha256((tmp_path / "t.jsonl").read_bytes()).hexdigest()
    assert report.leakage is None


def test_every_fault_has_its_line(tmp_path: Path) -> None:
    rows = [
        example("a b c d e", (0, 0, "x")),
        example("a b c d f", (0, 3, "x")),
        example("a b c d g", (3, 5, "x")),
        example("a b c d h", (2, 1, "x")),
        example(" ".join(f"w{index}" for index in range(20)), (12, 13, "x")),
    ]
    report = check(lines(tmp_path / "t.jsonl", rows), None, NARROW)
    places = {one.reason: [witness.line for witness in one.witnesses] for one in report.found}
    assert places == {"too-wide": [2], "end-one-past": [3], "reversed": [4], "cut-off": [5], "text-cut": [5]}
    assert report.splits[0].lost == 4
    too_wide = next(one for one in report.found if one.reason == "too-wide")
    assert too_wide.witnesses[0].detail == "[0, 3, x]: 4 words, max_width is 3"
    assert report.counts()["train_lost_entities"] == 4
    assert report.counts()["train_truncated_texts"] == 1


def test_lost_entities_block_above_the_limit_only(tmp_path: Path) -> None:
    rows = [example(f"a b c d {index}", (0, 0, "x")) for index in range(99)]
    path = lines(tmp_path / "t.jsonl", [*rows, example("a b c d e", (0, 3, "x"))])
    assert check(path, None, NARROW).blocks() == []
    path = lines(tmp_path / "t.jsonl", [*rows[:98], *(example(f"a b c d e{n}", (0, 3, "x")) for n in "ab")])
    (reason,) = check(path, None, NARROW).blocks()
    assert "loses or mislabels 2 of 100 entities (2.0%, the limit is 1%): 2 too-wide (first: line 99" in reason
    assert "--allow-lossy-data" in reason
    assert check(path, None, NARROW).blocks(allow_lossy=True) == []


def test_an_example_that_ends_the_run_blocks_always(tmp_path: Path) -> None:
    path = lines(tmp_path / "t.jsonl", [example("a b", (0, 0, "x")), {"tokenized_text": ["a"]}, "text"])
    reasons = check(path, None, NARROW).blocks(allow_lossy=True)
    assert len(reasons) == 2
    assert any(f"{path}:2: an example: no ner; the collator raises" in reason for reason in reasons)
    assert any(f"{path}:3: an example: not an object (text)" in reason for reason in reasons)


def test_broken_lines_and_empty_files_block(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text('{"tokenized_text": ["a"], "ner": []}\n{"tok\n', encoding="utf-8")
    (reason,) = check(str(tmp_path / "t.jsonl"), None, NARROW).blocks(allow_lossy=True)
    assert reason.startswith(f"{tmp_path}/t.jsonl:2: an example: not JSON (not JSON: Unterminated string")
    (tmp_path / "t.jsonl").write_text("[]", encoding="utf-8")
    assert check(str(tmp_path / "t.jsonl"), None, NARROW).blocks() == [f"{tmp_path}/t.jsonl: no example in it"]


def test_what_train_and_eval_share(tmp_path: Path) -> None:
    train = [
        example("Ada went to Paris", (0, 0, "person"), (3, 3, "place")),
        example("Grace Hopper sat", (0, 1, "person")),
        example("Ada went to Paris", (0, 0, "person")),
    ]
    held_out = [
        example("Ada went to Paris", (3, 3, "place")),
        example("Paris met Grace Hopper", (0, 0, "person"), (2, 3, "person")),
        example("Oslo is in Norway", (0, 0, "town")),
    ]
    report = check(lines(tmp_path / "t.jsonl", train), lines(tmp_path / "e.jsonl", held_out), NARROW)
    leakage = report.leakage
    assert leakage is not None
    assert leakage.texts == 1
    assert leakage.witnesses[0] == (str(tmp_path / "e.jsonl"), 1, f"the words of {tmp_path}/t.jsonl:1")
    # Paris is a place and Grace Hopper a person in train; Paris as a person is new, and so is Oslo
    assert (leakage.mentions, leakage.seen) == (4, 2)
    assert leakage.labels == ("town",)
    assert found(report) == {"duplicate": 1}
    assert next(one for one in report.found if one.reason == "duplicate").witnesses[0].line == 3
    assert report.rare == (("person", 3), ("place", 1))


def test_exclusive_ends_and_character_offsets_are_suspected(tmp_path: Path) -> None:
    rows = [example(f"Ada went to Paris{index}", (0, 1, "person"), (3, 4, "place")) for index in range(30)]
    (note,) = check(lines(tmp_path / "t.jsonl", rows), None, NARROW).notes
    assert "the ends look exclusive" in note
    rows = [example(f"Ada{index} went to Paris", (0, 4, "person"), (13, 18, "place")) for index in range(9)]
    (note,) = check(lines(tmp_path / "t.jsonl", rows), None, NARROW).notes
    assert "character offsets" in note


def test_what_the_check_cannot_see_is_said(tmp_path: Path) -> None:
    path = lines(tmp_path / "t.jsonl", [example("a", (0, 0, "x"))])
    settings_ = Settings.of({"span_mode": "markerV0", "relations_layer": "biaffine"})
    assert [what for what, _ in check(path, None, settings_).not_checked] == [
        "texts that the tokenizer cuts",
        "near duplicates",
        "what the relations collator does besides",
    ]


def test_another_version_of_gliner_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda name: "0.3.0")
    path = lines(tmp_path / "t.jsonl", [example("a", (0, 0, "x"))])
    why = dict(check(path, None, NARROW).not_checked)
    assert why["what gliner 0.3.0 does otherwise"] == "the check follows the collators of gliner 0.2.29"


def test_settings_come_from_the_model_section() -> None:
    model = {"span_mode": "token_level", "labels_encoder": "e", "max_width": 7, "max_len": True, "max_types": "9"}
    assert Settings.of(model) == Settings(token_level=True, bi_encoder=True, max_width=7)


def test_a_missing_file_is_an_oserror(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        check(str(tmp_path / "none.jsonl"), None, NARROW)


def test_progress_comes_to_the_size_of_each_file(tmp_path: Path) -> None:
    path = lines(tmp_path / "t.jsonl", [example("a b c", (0, 0, "x"))] * 50)
    seen: list[tuple[str, int]] = []
    check(path, path, NARROW, lambda role, done: seen.append((role, done)), chunk=64)
    size = (tmp_path / "t.jsonl").stat().st_size
    assert dict(seen) == {"eval": size, "train": size}
    assert [role for role, _ in seen] == sorted(role for role, _ in seen)


words = st.lists(st.sampled_from(["a", "b", "", " ", "\n", "\u00a0", "ü", "<<ENT>>", " c"]), max_size=6)
indices = st.integers(-2, 8) | st.sampled_from([1.0, True, None, "1"])
ner = st.lists(st.tuples(indices, indices, st.sampled_from(["x", "y", "", None])).map(list), max_size=6)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(words, ner), min_size=1, max_size=5), st.booleans())
def test_the_short_way_and_the_long_way_agree(
    tmp_path: Path, pairs: list[tuple[list[str], list[Any]]], token_level: bool
) -> None:
    settings_ = NARROW._replace(token_level=token_level)
    rows = [{"tokenized_text": tokens, "ner": spans} for tokens, spans in pairs]
    report = check(lines(tmp_path / "t.jsonl", rows), None, settings_)
    fates = [fate(row, settings_) for row in rows]
    expected: dict[str, int] = {}
    for one in fates:
        for fault in one.faults:
            expected[fault.reason] = expected.get(fault.reason, 0) + fault.cases
    assert {reason: count for reason, count in found(report).items() if reason != "duplicate"} == expected
    split = report.splits[0]
    assert split.entities == sum(one.entities for one in fates)
    assert split.raising == sum(one.raises for one in fates)
    assert sum(split.labels.values()) == split.entities
    assert json.loads(json.dumps(report.to_json()))["splits"][0]["lost"] == split.lost
