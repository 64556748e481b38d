"""What PyYAML's exceptions mean for the person who wrote the file."""

from __future__ import annotations

from yaml.reader import ReaderError

from .document import Problem
from .node import Source, Span
from .yaml_tree import too_deep


def problem_of(error: Exception, source: Source) -> Problem:
    """The problem that an exception of the parser stands for."""
    text = source.text
    if isinstance(error, RecursionError):
        return too_deep(source, 0)
    if isinstance(error, ReaderError):
        at = min(error.position, len(text))
        message = f"The loader refuses the character U+{_code(error.character):04X}"
        code = "binary" if "\0" in text else "syntax"
        help = "Remove it, or write it escaped in a quoted text."
        return Problem(code, message, source.span(at, min(at + 1, len(text))), help)
    if isinstance(error, UnicodeError):
        return Problem("not-utf8", f"The text is not valid Unicode: {error}", source.span(0, 0))
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    at = min(mark.index, len(text)) if mark is not None else len(text)
    span = source.span(at, at + 1 if at < len(text) and text[at] not in "\r\n" else at)
    context = getattr(error, "context", None)
    detail = str(getattr(error, "problem", None) or context or error)
    if context == "expected a single document in the stream":
        help = "The loader takes one document: keep one, or split the file."
        message = "A second YAML document starts here; yaml.safe_load refuses the file"
        return Problem("several-documents", message, span, help)
    if detail.startswith("found undefined alias"):
        return Problem("syntax", f"Not valid YAML: {detail}", span, "Define the anchor (&name) above its use.")
    opening = getattr(error, "context_mark", None)
    related: Span | None = None
    if opening is not None and opening.index != at:
        start = min(opening.index, len(text))
        related = source.span(start, start)
    message = f"Not valid YAML: {detail}" + (f" ({context})" if context and context != detail else "")
    return Problem("syntax", message, span, _syntax_help(detail, text, at), related)


def _code(character: int | str | bytes) -> int:
    return character if isinstance(character, int) else ord(character)


def _syntax_help(detail: str, text: str, at: int) -> str | None:
    if "\\t" in detail or text[at : at + 1] == "\t":
        return "YAML is indented with spaces: replace the tab."
    if "mapping values are not allowed" in detail:
        return "Quote a text that contains `: `, or check the indentation of this line."
    if "could not find expected ':'" in detail:
        return "A key needs a colon and a space: `key: value`."
    return None
