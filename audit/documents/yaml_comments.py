"""Comments of a YAML text: a second pass, by PyYAML's own scanner, so that a `#` in a text is never taken for one."""

from __future__ import annotations

from typing import Any

import yaml

from .document import Comment
from .node import Source


def find_comments(source: Source, Loader: Any) -> list[Comment]:
    """The comments of a YAML text: what the scanner leaves out between two tokens, and the heads of block scalars."""
    text = source.text
    gaps: list[tuple[int, int]] = []
    done = 0
    try:
        for token in yaml.scan(text, Loader=Loader):
            start, end = token.start_mark.index, token.end_mark.index
            if start > done:
                gaps.append((done, start))
            if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
                head = text.find("\n", start, end)
                gaps.append((start, head if head >= 0 else end))
            done = max(done, end)
    except (yaml.YAMLError, UnicodeError):
        pass  # the text is refused as a whole, and that is a problem of its own
    else:
        gaps.append((done, len(text)))
    return [comment for start, end in gaps for comment in _comments_between(source, start, end)]


def _comments_between(source: Source, start: int, end: int) -> list[Comment]:
    text = source.text
    found = []
    while (at := text.find("#", start, end)) >= 0:
        span = source.span(at, at)
        line = source.line(span.line)
        found.append(Comment(span.line, span.column, line[span.column - 1 :], not line[: span.column - 1].strip()))
        start = at + len(line) - span.column + 2
    return found
