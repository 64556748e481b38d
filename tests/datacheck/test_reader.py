"""The streaming reader gives what json gives, whatever the block size, and says where an example begins."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from gliner_audit.runner.datacheck import reader
from gliner_audit.runner.datacheck.reader import Broken, Reader
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

letters = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | letters
values = st.recursive(leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(letters, inner, max_size=4))
examples = st.lists(st.dictionaries(letters, values, max_size=4), max_size=8)
blocks = st.integers(1, 70)
quick = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(path: Path, chunk: int = reader.CHUNK) -> tuple[list[tuple[int, Any]], Reader]:
    stream = Reader(str(path), chunk=chunk)
    return list(stream), stream


@quick
@given(examples, blocks, st.sampled_from([None, 0, 1, 3]), st.booleans(), st.sampled_from(["", "\n", "  \r\n\t"]))
def test_an_array_is_read_as_json_reads_it(
    tmp_path: Path, given_: list[Any], chunk: int, indent: int | None, ascii_: bool, around: str
) -> None:
    path = tmp_path / "data.json"
    text = around + json.dumps(given_, indent=indent, ensure_ascii=ascii_) + around
    path.write_bytes(text.encode())
    rows, stream = read(path, chunk)
    assert [value for _, value in rows] == given_
    assert stream.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert stream.size == path.stat().st_size
    lines = text.split("\n")
    for line, _ in rows:
        assert "{" in lines[line - 1]


@quick
@given(examples, blocks, st.booleans(), st.sampled_from(["\n", "\r\n", "\n\n", "\n  \n"]), st.booleans())
def test_json_lines_are_read_as_json_reads_them(
    tmp_path: Path, given_: list[Any], chunk: int, ascii_: bool, gap: str, ends: bool
) -> None:
    path = tmp_path / "data.jsonl"
    rows_in = [json.dumps(value, ensure_ascii=ascii_) for value in given_]
    path.write_bytes((gap.join(rows_in) + (gap if ends else "")).encode())
    rows, stream = read(path, chunk)
    assert [value for _, value in rows] == given_
    step = gap.count("\n")
    assert [line for line, _ in rows] == [1 + step * index for index in range(len(given_))]
    assert stream.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@quick
@given(st.binary(max_size=200), blocks)
def test_no_bytes_make_it_raise(tmp_path: Path, content: bytes, chunk: int) -> None:
    path = tmp_path / "data.json"
    path.write_bytes(content)
    rows, stream = read(path, chunk)
    assert stream.sha256 == hashlib.sha256(content).hexdigest()
    assert all(line >= 1 for line, _ in rows)


@quick
@given(examples.filter(bool), blocks, st.data())
def test_a_file_that_was_cut_is_never_taken_for_whole(
    tmp_path: Path, given_: list[Any], chunk: int, data: st.DataObject
) -> None:
    path = tmp_path / "data.json"
    text = json.dumps(given_).encode()
    path.write_bytes(text[: data.draw(st.integers(1, len(text) - 1))])
    rows, _ = read(path, chunk)
    assert isinstance(rows[-1][1], Broken)
    assert [value for _, value in rows[:-1]] == given_[: len(rows) - 1]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('[{"a": 1},\n {"a" 2}]', 2, "Expecting ':' delimiter"),
        ('[{"a": 1}\n {"a": 2}]', 1, "a comma or ] is missing"),
        ('[{"a": 1},\n]', 2, "a comma before the closing ]"),
        ('[{"a": 1}]\n\nmore', 3, "text after the closing ]"),
        ('[\n{"a": 1},\n', 3, "the file ends inside the array"),
        ('{"a": 1}\n{"a": }\n', 2, "Expecting value"),
        ('{"a": 1}\nnonsense\n{"b": 2}', 2, "Expecting value"),
    ],
)
def test_what_is_broken_has_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    path = tmp_path / "data"
    path.write_text(text, encoding="utf-8")
    rows, _ = read(path)
    broken = [(at, value.message) for at, value in rows if isinstance(value, Broken)]
    assert len(broken) == 1
    assert broken[0][0] == line
    assert message in broken[0][1]


def test_a_broken_line_does_not_hide_the_next(tmp_path: Path) -> None:
    path = tmp_path / "data.jsonl"
    path.write_text('{"a": 1}\n{"a"\n{"b": 2}\n', encoding="utf-8")
    assert [value for _, value in read(path)[0] if not isinstance(value, Broken)] == [{"a": 1}, {"b": 2}]


@pytest.mark.parametrize("content", [b'[{"a": "\xff"}]', b'{"a": 1}\n{"b": "\xe4"}\n'])
def test_other_encodings_are_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "data"
    path.write_bytes(content)
    assert "not UTF-8" in read(path)[0][-1][1].message


def test_a_compressed_file_is_named(tmp_path: Path) -> None:
    import gzip

    path = tmp_path / "data.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"a": 1}\n'))
    assert "unpack it first" in read(path)[0][0][1].message


def test_a_byte_order_mark_is_no_part_of_the_data(tmp_path: Path) -> None:
    path = tmp_path / "data.json"
    path.write_bytes(b'\xef\xbb\xbf[{"a": 1}]')
    assert read(path)[0] == [(1, {"a": 1})]


def test_one_endless_line_does_not_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LARGEST", 1000)
    for text in ('{"data": [' + "1, " * 5000 + "1]}", '[{"a": "' + "x" * 9000 + '"}]'):
        path = tmp_path / "data"
        path.write_text(text, encoding="utf-8")
        rows, _ = read(path, 100)
        assert "of more than" in rows[-1][1].message


@pytest.mark.parametrize("chunk", [1, 7, 40])
def test_much_space_around_a_comma(tmp_path: Path, chunk: int) -> None:
    path = tmp_path / "data.json"
    space = " " * 50 + "\n" * 50
    path.write_text(f'{space}[{space}{{"a": 1}}{space},{space}{{"b": 2}}{space}]{space}', encoding="utf-8")
    rows, _ = read(path, chunk)
    assert rows == [(101, {"a": 1}), (201, {"b": 2})]


def test_an_array_of_examples_larger_than_a_block(tmp_path: Path) -> None:
    path = tmp_path / "data.json"
    large = [{"tokenized_text": ["wort"] * 4000, "ner": []} for _ in range(3)]
    path.write_text(json.dumps(large), encoding="utf-8")
    assert [value for _, value in read(path, 64)[0]] == large
