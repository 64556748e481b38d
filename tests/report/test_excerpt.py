"""Marks stand exactly under their span, whatever the line holds."""

from __future__ import annotations

from gliner_audit.audit.documents import Source, Span
from gliner_audit.report.excerpt import excerpt, gutter_of, marked
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

LINES = st.text(alphabet="ab: \t中語ラあé🎉", max_size=60)


def _shown(text: str) -> str:
    return text.replace("\t", "    ")


@given(LINES, st.data())
def test_marks_stand_under_the_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    above, below = marked(text, start, end, "^", room=1000)
    assert above == _shown(text)
    assert cell_len(below) - below.count("^") == cell_len(_shown(text[:start]))
    assert below.count("^") == max(1, cell_len(_shown(text[start:end])))


@given(LINES, st.integers(4, 40), st.data())
def test_a_long_line_is_clipped_around_the_span(text: str, room: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, max(0, len(text) - 1)))
    end = data.draw(st.integers(min(start + 1, len(text)), len(text)))
    above, below = marked(text, start, end, "^", room)
    assert cell_len(above) <= max(room, 6)
    at = len(below) - len(below.lstrip())
    head = next((above[:n] for n in range(len(above) + 1) if cell_len(above[:n]) == at), None)
    assert head is not None
    if text[start:end].strip():
        assert above[len(head) :].startswith(_shown(text[start])) or text[start] in " \t"


def test_wide_signs_take_two_cells() -> None:
    assert marked("标签: 语", 4, 5, "^", 80) == ("标签: 语", "      ^^")


def test_combining_signs_take_none() -> None:
    assert marked("e\u0301x: 1", 2, 3, "^", 80) == ("e\u0301x: 1", " ^")


def test_a_span_beyond_the_line_is_marked_at_its_end() -> None:
    assert marked("ab", 9, 12, "^", 80) == ("ab", "  ^")


def test_a_clipped_line_says_so_at_both_ends() -> None:
    above, below = marked("x" * 100 + "KEY" + "y" * 100, 100, 103, "^", 30)
    assert above.startswith("…")
    assert above.endswith("…")
    assert above[below.index("^") :].startswith("KEY")


def _plain(source: Source, span: Span) -> list[str]:
    gutter = gutter_of(source, span)
    return ["".join(text for _, text in line) for line in excerpt(source, span, "^", "error", "here", gutter, 80)]


def test_a_span_of_several_lines_is_marked_on_each() -> None:
    source = Source("a: [1,\n    2,\n\n  3]\nb: 2\n")
    assert _plain(source, Span(1, 4, 4, 5)) == [
        "1 | a: [1,",
        "  |    ^^^",
        "2 |     2,",
        "  |     ^^",
        "3 | ",
        "4 |   3]",
        "  |   ^^ here",
    ]


def test_a_span_that_ends_before_the_first_column_leaves_that_line_out() -> None:
    assert _plain(Source("a: 1\nb: 2\n"), Span(1, 1, 2, 1)) == ["1 | a: 1", "  | ^^^^ here"]


def test_a_place_behind_the_end_of_the_file_has_no_excerpt() -> None:
    assert _plain(Source("a: 1"), Span(7, 1, 7, 2)) == []


def test_a_line_break_of_old_macs_counts() -> None:
    assert _plain(Source("a: 1\rb: 2\r"), Span(2, 1, 2, 2)) == ["2 | b: 2", "  | ^ here"]
