"""Spans of YAML values and keys: exact in code points, and of the position of use for aliases and merge keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml
from gliner_audit.audit.documents import Document, Node, Source, Span, dotted, load
from hypothesis import given, settings
from hypothesis import strategies as st

Same = Callable[[Any, Any], bool]

names = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=6)
values = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | names
trees = st.dictionaries(
    names, st.recursive(values, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3))
)


def cut(source: Source, span: Span) -> str:
    return source.text[source.offset(span.line, span.column) : source.offset(span.end_line, span.end_column)]


def node(document: Document, *path: str | int) -> Node:
    found = document.node(path)
    assert found is not None, dotted(path)
    return found


@settings(max_examples=300, deadline=None)
@given(trees, st.sampled_from([None, True, False]), st.sampled_from(["\n", "\r\n", "\x85", "\u2028"]))
def test_the_text_of_a_span_is_the_value(same: Same, tree: Any, flow: bool | None, newline: str) -> None:
    text = yaml.safe_dump(tree, default_flow_style=flow, allow_unicode=True, sort_keys=False, width=1000)
    document = load("config.yaml", "# é😀\n" + text.replace("\n", newline if newline == "\r\n" else "\n"))
    for path, found in document.walk():
        if found.kind == "scalar":
            assert same(yaml.safe_load(cut(document.source, found.span)), found.value), dotted(path)
            assert cut(document.source, found.span) == found.raw
        if found.key_span is not None:
            assert yaml.safe_load(cut(document.source, found.key_span)) == path[-1]


def test_columns_count_code_points_and_lines_end_as_in_editors() -> None:
    document = load("config.yaml", '\ufeffé: "😀x" # c\r\nb: [1, "y\u2028z"]\r\nc: 1e-5\r\n')
    assert node(document, "é").span == Span(1, 4, 1, 8)
    assert node(document, "b", 1).span == Span(2, 8, 2, 13)
    assert node(document, "c").key_span == Span(3, 1, 3, 2)
    assert node(document, "c").raw == "1e-5"


def test_values_without_their_anchor_and_tag() -> None:
    document = load("config.yaml", "a: &x !!float 3\nb: &y\n  c: 1\nd: !!str\n  &z # why\n  text\ne: !!str\n")
    assert [node(document, *path).raw for path in (("a",), ("b",), ("d",), ("e",))] == ["3", "c: 1", "text", ""]


def test_block_scalars_and_collections_end_with_their_text() -> None:
    text = "a: |\n  one\n  two\n\n\nb: |+\n  keep\n\nc:\n  - 1\n  # note\n\n- x"
    document = load("config.yaml", text.removesuffix("- x") + "d: >- # folded\n  x\n  y\n")
    assert node(document, "a").raw == "|\n  one\n  two"
    assert node(document, "b").raw == "|+\n  keep\n\n"
    assert node(document, "c").raw == "- 1"
    assert node(document, "d").span == Span(13, 4, 15, 4)
    assert node(document, "a").style == "|"


def test_an_alias_has_the_place_of_use_and_the_place_of_its_anchor() -> None:
    document = load("config.yaml", "base: &b {lr: 1e-5}\nrun: *b\nlist: [*b, 2, *b]\n")
    assert node(document, "run").span == Span(2, 6, 2, 8)
    assert node(document, "run").anchor_span == Span(1, 10, 1, 20)
    assert node(document, "run", "lr").span == Span(2, 6, 2, 8)
    assert node(document, "run", "lr").anchor_span == Span(1, 15, 1, 19)
    assert node(document, "run", "lr").raw == "1e-5"
    assert node(document, "list", 2).span == Span(3, 15, 3, 17)
    assert node(document, "base", "lr").anchor_span is None


def test_a_merge_key_brings_fields_from_its_place_and_own_fields_win() -> None:
    text = "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  <<: [*a, *b]\n  x: 3\nd:\n  <<: *a\n"
    document = load("config.yaml", text)
    assert document.data["c"] == {"x": 3, "y": 1, "z": 2}
    assert node(document, "c", "x").span == Span(5, 6, 5, 7)
    assert node(document, "c", "y").span == Span(4, 8, 4, 10)
    assert node(document, "c", "y").key_span == Span(4, 8, 4, 10)
    assert node(document, "c", "y").anchor_span == Span(1, 17, 1, 18)
    assert node(document, "c", "z").span == Span(4, 12, 4, 14)
    assert document.problems == ()
    assert all(name != "<<" for path, _ in document.walk() for name in path)


def test_aliases_inside_of_odd_keys_do_not_shift_the_others() -> None:
    document = load("config.yaml", "a: &a 1\n? {k: *a}\n: 2\nb: *a\n")
    assert not document.loads
    assert node(document, "b").span == Span(4, 4, 4, 6)


def test_comments() -> None:
    text = "# top\na: '# no' # yes\nb: |  # head\n  # text\nc: x#y\nd: [1, # in\n  2]\n  # end"
    found = [(c.line, c.column, c.text, c.own_line) for c in load("config.yaml", text).comments()]
    assert found == [
        (1, 1, "# top", True),
        (2, 11, "# yes", False),
        (3, 7, "# head", False),
        (6, 8, "# in", False),
        (8, 3, "# end", True),
    ]
