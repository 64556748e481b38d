"""Lines of styled pieces, and how they become text: plain, or coloured by rich."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO, Any, Final

Line = list[tuple[str, str]]
"""Pieces of one line: (style, text). Styles are the keys of `_STYLES`, or "" for none."""

_STYLES: Final = {
    "error": "bold red",
    "warning": "bold yellow",
    "advice": "bold cyan",
    "path": "bold",
    "rule": "dim",
    "gutter": "blue",
    "related": "blue",
    "label": "bold",
    "good": "green",
}

_REPLACED: Final = {
    **{code: 0x2400 + code for code in range(0x20)},
    0x7F: 0x2421,
    **dict.fromkeys([*range(0x80, 0xA0), 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD),
}


def visible(text: str) -> str:
    """The text with control characters and direction marks shown as one visible sign each.

    A config may hold escape sequences; a report must not hand them to the terminal.
    """
    return text.translate(_REPLACED)


def visible_lines(text: str) -> str:
    """As `visible`, but line breaks stay."""
    return "\n".join(visible(line) for line in text.replace("\r\n", "\n").split("\n"))


def wants_color(choice: str, stream: IO[Any], environ: Mapping[str, str]) -> bool:
    """Whether to colour: `choice` is "always", "never" or "auto" (a terminal, NO_COLOR unset, TERM not "dumb")."""
    if choice != "auto":
        return choice == "always"
    return not environ.get("NO_COLOR") and environ.get("TERM") != "dumb" and stream.isatty()


def _trim(line: Line) -> Line:
    """The line without blanks at its end."""
    kept = list(line)
    while kept and not kept[-1][1].strip():
        kept.pop()
    return kept and [*kept[:-1], (kept[-1][0], kept[-1][1].rstrip())]


def paint(lines: Iterable[Line], color: bool) -> str:
    """The lines as one text, each with its line break. rich is imported only for colour."""
    trimmed = map(_trim, lines)
    if not color:
        return "".join("".join(visible(text) for _, text in line) + "\n" for line in trimmed)
    from rich.color import ColorSystem
    from rich.style import Style

    styles = {name: Style.parse(definition) for name, definition in _STYLES.items()}
    plain = Style.null()
    painted = []
    for line in trimmed:
        shown = ((styles.get(style, plain), visible(text)) for style, text in line)
        pieces = (style.render(text, color_system=ColorSystem.STANDARD) for style, text in shown)
        painted.append("".join(pieces) + "\n")
    return "".join(painted)
