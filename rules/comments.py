"""What a `# gliner-audit:` comment says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from ..audit.documents.document import Comment

MARK: Final = "gliner-audit:"
IGNORE, IGNORE_FILE = "ignore", "ignore-file"

_DIRECTIVE: Final = re.compile(
    r"#\s*gliner-audit:\s*(?P<word>[A-Za-z-]+)\s*(?P<list>\[(?P<names>[^\]]*)\])?(?P<reason>.*)"
)
_NAME: Final = re.compile(r"[^\s,]+")


class Named(NamedTuple):
    """A rule's name or id as written in a comment; `start` and `end` count code points from the comment's `#`."""

    text: str
    start: int
    end: int


class Directive(NamedTuple):
    """One comment that speaks to gliner-audit: `word` as written, `names` empty where the brackets are missing.

    `start` is where its `#` stands in the text of the comment, in code points from 0.
    """

    comment: Comment
    start: int
    word: str
    names: tuple[Named, ...]
    reason: str | None


def directives(comments: Iterable[Comment]) -> list[Directive]:
    """The comments that hold a directive. A comment that only mentions the tool (no brackets, another word) is none."""
    found = []
    for comment in comments:
        match = _DIRECTIVE.search(comment.text) if MARK in comment.text else None
        if match is None:
            continue
        word = match["word"]
        if match["list"] is None and not word.startswith("ign"):
            continue
        base = match.start("names")
        names = tuple(
            Named(one[0], base + one.start(), base + one.end()) for one in _NAME.finditer(match["names"] or "")
        )
        found.append(Directive(comment, match.start(), word, names, match["reason"].strip(" :-–—") or None))
    return found


def python_comments(text: str) -> list[Comment]:
    """The comments of Python code; of code that does not parse, those before the place where the tokenizer stops."""
    if MARK not in text:
        return []
    import io
    import tokenize

    from ..audit.documents.document import Comment

    found = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                line, column = token.start
                found.append(Comment(line, column + 1, token.string, not token.line[:column].strip()))
    except (tokenize.TokenError, SyntaxError):
        pass
    return found
