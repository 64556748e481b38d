"""JSON and TOML: the values are the standard library's, the places cut out exactly what stands there."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from gliner_audit.audit.documents import Document, Span, load
from gliner_audit.audit.documents.sniff import LIMIT, sniff
from hypothesis import given, settings
from hypothesis import strategies as st

Same = Callable[[Any, Any], bool]

texts = st.text(st.characters(codec="utf-8"), max_size=8)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
)
bare = st.from_regex(r"[A-Za-z0-9_-]{1,5}", fullmatch=True)
scalars = st.sampled_from(
    [
        "1",
        "-0.5e-3",
        "0x1F",
        "1_000",
        "true",
        "inf",
        "nan",
        "2024-01-01",
        "2024-01-01 10:00:00Z",
        "10:20:30",
        '"a # b"',
        "'c ] , }'",
        '"\\u00e9 \\" é😀"',
        '"""\nx\n"y" # z\n"""',
        "'''one\n''two'''",
        '""',
        "''",
        '""""q"""',
        '"""q"""""',
    ]
)
blank = st.sampled_from(["", " ", "\t"])
breaks = st.sampled_from(["", " ", "\n", " # c ]\n  ", "\r\n"])


def cut(document: Document, span: Span) -> str:
    source = document.source
    return source.text[source.offset(span.line, span.column) : source.offset(span.end_line, span.end_column)]


@settings(max_examples=300, deadline=None)
@given(json_values, st.sampled_from([None, 2, "\t"]), st.booleans())
def test_json_places(same: Same, value: Any, indent: int | str | None, ascii: bool) -> None:
    document = load("config.json", json.dumps(value, indent=indent, ensure_ascii=ascii))
    assert document.loads
    for path, node in document.walk():
        assert same(json.loads(cut(document, node.span)), node.value)
        if node.key_span is not None:
            assert json.loads(cut(document, node.key_span)) == path[-1]


def test_json_keeps_the_last_of_equal_keys_with_its_place() -> None:
    document = load("config.json", '{"a": {"b": 1},\n "a": {"c": [true, NaN]}}')
    found = document.node(("a", "c", 0))
    assert found is not None
    assert found.span == Span(2, 14, 2, 18)
    assert document.node(("a", "b")) is None


@st.composite
def toml_texts(draw: st.DrawFn) -> str:
    """Texts of TOML statements; some break the rules (a key twice), and those tomllib refuses."""

    def value(depth: int) -> str:
        kind = draw(st.integers(0, 3)) if depth < 2 else 0
        if kind == 1:
            items = [draw(breaks) + value(depth + 1) + draw(breaks) for _ in range(draw(st.integers(0, 3)))]
            return "[" + ",".join(items) + (draw(st.sampled_from(["", ","])) if items else "") + draw(breaks) + "]"
        if kind == 2:
            return "{" + ", ".join(f"{key()} = {value(depth + 1)}" for _ in range(draw(st.integers(0, 2)))) + "}"
        return draw(scalars)

    def key() -> str:
        parts = draw(st.lists(bare | st.sampled_from(['"a.b"', "'c d'", '"\\u00e9"', '""']), min_size=1, max_size=2))
        return f"{draw(blank)}.{draw(blank)}".join(parts)

    lines = []
    for _ in range(draw(st.integers(0, 6))):
        kind = draw(st.integers(0, 5))
        table = f"[{draw(blank)}{key()}{draw(blank)}]"
        line = table if kind == 0 else f"[{table}]" if kind == 1 else f"{key()}{draw(blank)}={draw(blank)}{value(0)}"
        lines.append(draw(blank) + line.replace("[ [", "[[") + draw(st.sampled_from(["", " # note", "\t"])))
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines)


@settings(max_examples=600, deadline=None)
@given(toml_texts())
def test_toml_places(same: Same, text: str) -> None:
    document = load("config.toml", text)
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assert not document.loads
        return
    assert same(document.data, value)
    for path, node in document.walk():
        if node.kind == "scalar":
            assert same(tomllib.loads(f"x = {cut(document, node.span)}")["x"], node.value)
        if node.key_span is not None:
            assert list(tomllib.loads(f"{cut(document, node.key_span)} = 1")) == [path[-1]]
    assert all(comment.text.startswith("#") for comment in document.comments())


def test_toml_tables_stand_at_their_headers() -> None:
    document = load("pyproject.toml", "[tool.x]\nselect = [\n  'a', # why\n]\n[[run]]\nlr = 1e-5\n[run.data]\np = 1\n")
    spans = {path: node.key_span for path, node in document.walk()}
    assert spans["tool", "x"] == Span(1, 7, 1, 8)
    assert spans["tool", "x", "select"] == Span(2, 1, 2, 7)
    assert spans["run", 0, "data"] == Span(7, 6, 7, 10)
    found = document.node(("run", 0, "lr"))
    assert found is not None
    assert found.raw == "1e-5"
    assert [(c.line, c.column, c.text) for c in document.comments()] == [(3, 8, "# why")]


@pytest.mark.parametrize(
    ("content", "config"),
    [
        (b'{"learning_rate": 1e-5}', True),
        (b"  {\n}", True),
        (b'\xef\xbb\xbf{"model": {"a": 1}}', True),
        (b'{"$schema": "x", "a": 1}', True),
        (b'[{"text": "a"}]', False),
        (b'{"text": "a"}\n{"text": "b"}\n', False),
        (b'{"!": 0, "\\"": 1}', False),
        (b"{}\0", False),
        (b"text", False),
        (b"", False),
    ],
)
def test_json_configs_are_told_from_data(tmp_path: Path, content: bytes, config: bool) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(content)
    assert sniff(str(file)) is config


def test_large_json_is_data(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(b'{"a": "' + b"x" * LIMIT + b'"}')
    assert not sniff(str(file))
    assert not sniff(str(tmp_path / "none.json"))
