"""The lines of a file that a finding speaks of, with a mark under the exact span."""

from __future__ import annotations

import unicodedata
from typing import Final

from ..audit.documents.node import Source, Span
from .paint import Line, visible

_TAB: Final = "    "
_MOST_LINES: Final = 4
_CUT: Final = "…"


def cells(text: str) -> list[tuple[str, int]]:
    """Each code point as it is shown, with its width in terminal cells: a tab is four blanks, Chinese is two cells."""
    shown = []
    for char in text:
        if char == "\t":
            shown.append((_TAB, len(_TAB)))
        elif char.isascii():
            shown.append((visible(char), 1))
        elif unicodedata.category(char) in ("Mn", "Me", "Cf"):
            sign = visible(char)
            shown.append((sign, 1 if sign != char else 0))
        else:
            shown.append((visible(char), 2 if unicodedata.east_asian_width(char) in "WF" else 1))
    return shown


def _window(widths: list[int], start: int, end: int, room: int) -> tuple[int, int]:
    """The code points [low, high) to show in `room` cells, the start of the span among them, both cuts counted."""
    if sum(widths) <= room:
        return 0, len(widths)
    room = max(room - 2, 1)
    low, before = start, 0
    span = sum(widths[start:end])
    share = max(room - span, room // 3)
    while low > 0 and before + widths[low - 1] <= share:
        low -= 1
        before += widths[low]
    high, used = low, 0
    while high < len(widths) and used + widths[high] <= room:
        used += widths[high]
        high += 1
    while low > 0 and used + widths[low - 1] <= room:
        low -= 1
        used += widths[low]
    return low, high


def marked(text: str, start: int, end: int, sign: str, room: int) -> tuple[str, str]:
    """A line and the line of marks under it; `start` and `end` count code points from 0.

    An empty span gets one mark; a line of more than `room` cells is clipped around the start of the span.
    """
    shown = cells(text)
    start = min(max(start, 0), len(shown))
    end = min(max(end, start), len(shown))
    widths = [width for _, width in shown]
    low, high = _window(widths, start, end, room)
    head = _CUT if low > 0 else ""
    tail = _CUT if high < len(shown) else ""
    body = "".join(piece for piece, _ in shown[low:high])
    indent = len(head) + sum(widths[low:start])
    return head + body + tail, " " * indent + sign * max(1, sum(widths[start : min(end, high)]))


def _lines_of(source: Source, span: Span) -> list[int]:
    last = span.end_line
    if last > span.line and span.end_column <= 1:
        last -= 1
    last = min(last, len(source.starts))
    numbers = list(range(span.line, last + 1))
    if len(numbers) > _MOST_LINES:
        return [*numbers[:2], 0, numbers[-1]]
    return numbers


def gutter_of(source: Source | None, span: Span) -> int:
    """How many digits the line numbers of the excerpt need; 0 where there is no excerpt."""
    numbers = [] if source is None else _lines_of(source, span)
    return len(str(numbers[-1])) if numbers else 0


def excerpt(source: Source, span: Span, sign: str, style: str, label: str, gutter: int, width: int) -> list[Line]:
    """The numbered lines of a span, each with its marks below; `label` stands behind the last marks.

    Nothing, where the text has no such line (it changed since, or the file is not at hand).
    """
    room = max(width - gutter - 3, 20)
    lines: list[Line] = []
    numbers = _lines_of(source, span)
    for number in numbers:
        if number == 0:
            lines.append([("gutter", " " * gutter + " ┆")])
            continue
        text = source.line(number)
        start = span.column - 1 if number == span.line else len(text) - len(text.lstrip())
        end = span.end_column - 1 if number == span.end_line else len(text)
        if number != span.line and start >= end:
            lines.append([("gutter", f"{number:>{gutter}} | "), ("", text and marked(text, 0, 0, sign, room)[0])])
            continue
        above, below = marked(text, start, end, sign, room)
        lines.append([("gutter", f"{number:>{gutter}} | "), ("", above)])
        tail = f" {label}" if label and number == numbers[-1] else ""
        lines.append([("gutter", " " * gutter + " | "), (style, below + tail)])
    return lines
