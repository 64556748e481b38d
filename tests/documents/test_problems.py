"""Bad input: one clear problem with a place, whatever the bytes are; never an exception."""

from __future__ import annotations

from pathlib import Path

import pytest
from gliner_audit.audit.documents import PROBLEMS, Span, load, read
from hypothesis import example, given, settings
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("name", "content", "code", "start"),
    [
        ("a.yaml", b"\0\1\2", "binary", (1, 1)),
        ("a.yaml", b"a: 1\nb: \xe9t\xe9\n", "not-utf8", (2, 4)),
        ("a.yaml", "a: 1".encode("utf-16"), "not-utf8", (1, 1)),
        ("a.yaml", b"", "empty", (1, 1)),
        ("a.yaml", b"# only this\n", "empty", (1, 1)),
        ("a.yaml", b"- 1\n- 2\n", "not-a-mapping", (1, 1)),
        ("a.yaml", b"just words\n", "not-a-mapping", (1, 1)),
        ("a.yaml", b"a: 1\n---\nb: 2\n", "several-documents", (2, 1)),
        ("a.yaml", b"a: 1\nb: [\n", "syntax", (3, 1)),
        ("a.yaml", b"a:\n\tb: 1\n", "syntax", (2, 1)),
        ("a.yaml", b"a: 1\x07\n", "syntax", (1, 5)),
        ("a.yaml", b"a: 1\non: 2\n", "non-string-key", (2, 1)),
        ("a.yaml", b"a: 1\nb: 2\na: 3\n", "duplicate-key", (3, 1)),
        ("a.yaml", b"a: 1\n? [x]\n: 2\n", "unhashable-key", (2, 3)),
        ("a.yaml", b"<<: 3\n", "bad-merge", (1, 5)),
        ("a.yaml", b"a: !ref x\n", "unknown-tag", (1, 4)),
        ("a.yaml", b"a: 1\nb: 2024-13-45\n", "bad-value", (2, 4)),
        ("a.yaml", b"a: &a [*a]\n", "recursive-alias", (1, 8)),
        ("a.yaml", b"a: " + b"[" * 500 + b"]" * 500, "too-deep", (1, 1)),
        ("a.yaml", b"- " * 100_000 + b"1", "too-deep", (1, 1)),
        ("a.json", b"", "empty", (1, 1)),
        ("a.json", b"[1]", "not-a-mapping", (1, 1)),
        ("a.json", b'{"a": 1,}', "syntax", (1, 9)),
        ("a.json", b'{\n// no\n"a": 1}', "syntax", (2, 1)),
        ("a.json", b'{"a": 1, "a": 2}', "duplicate-key", (1, 10)),
        ("a.json", b"[" * 100_000, "too-deep", (1, 1)),
        ("a.toml", b"a = 1\na = 2\n", "syntax", (2, 6)),
        ("a.toml", b"# nothing\n", "empty", (1, 1)),
    ],
)
def test_each_problem_has_its_place(name: str, content: bytes, code: str, start: tuple[int, int]) -> None:
    document = load(name, content)
    assert [problem.code for problem in document.problems] == [code]
    assert (document.problems[0].span.line, document.problems[0].span.column) == start
    assert code in PROBLEMS


def test_aliases_that_multiply_are_cut_short() -> None:
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 8)}]" for n in range(1, 9)]
    document = load("a.yaml", "\n".join(lines))
    assert [problem.code for problem in document.problems] == ["too-large"]


def test_both_places_of_a_duplicate_key() -> None:
    problem = load("a.yaml", "x: 1\nlr: 2\nlr: 3\n").problems[0]
    assert problem.span == Span(3, 1, 3, 3)
    assert problem.related == Span(2, 1, 2, 3)
    assert "`lr`" in problem.message


def test_duplicates_are_what_the_loader_takes_for_equal() -> None:
    assert [p.code for p in load("a.yaml", "1: a\ntrue: b\n").problems].count("duplicate-key") == 1
    assert not [p for p in load("a.yaml", '1: a\n"1": b\n').problems if p.code == "duplicate-key"]


def test_a_refused_file_can_still_be_recognised() -> None:
    first = load("a.yaml", "learning_rate: 0.1\n---\nb: 2\n")
    assert not first.loads
    assert first.data is None
    assert first.root is not None
    assert first.root.value == {"learning_rate": 0.1}
    tagged = load("a.yaml", "a: !ref x\nb: 2\n")
    assert tagged.root is not None
    assert tagged.root.value == {"a": None, "b": 2}


def test_unreadable_files(tmp_path: Path) -> None:
    assert [p.code for p in read(str(tmp_path / "none.yaml")).problems] == ["unreadable"]
    assert [p.code for p in read(str(tmp_path)).problems] == ["unreadable"]


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60), st.sampled_from(["a.yaml", "a.json", "a.toml"]))
@example("a: \ud800", "a.yaml")
@example("9" * 5000, "a.json")
@example("a = " + "9" * 5000, "a.toml")
@example("{" * 3000, "a.yaml")
@example("a = " + "[" * 3000, "a.toml")
def test_nothing_raises(content: bytes | str, name: str) -> None:
    document = load(name, content)
    assert document.loads or document.problems
    for problem in document.problems:
        assert problem.code in PROBLEMS
        assert (problem.span.line, problem.span.column) >= (1, 1)
    assert all(comment.text.startswith("#") for comment in document.comments())
    assert all(found.span.line >= 1 for _, found in document.walk())
