"""YAML as `yaml.safe_load` reads it, with positions.

`yaml.safe_load` is what `gliner.utils.load_config_as_namespace` calls: PyYAML's Python scanner, the resolver of YAML 1.1
and SafeConstructor. Here the C scanner composes, 16 times faster. Where the two scanners may disagree, or the C one
refuses, the Python one decides. Offsets come from the marks of the composer; both count code points.
"""

from __future__ import annotations

from typing import Any

import yaml
from yaml.composer import ComposerError
from yaml.reader import ReaderError

from .document import Comment, Document, Problem, not_a_mapping
from .node import Source, Span
from .yaml_tree import MAX_DEPTH, Refused, build, too_deep

_Python: Any = yaml.SafeLoader
_C: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: str, text: str) -> Document:
    """The document of a YAML text (without byte order mark)."""
    source = Source(text)
    if _may_be_too_deep(text):
        return Document(path, "yaml", source, None, (too_deep(source, 0),), False)
    Loader = _Python if _scanners_disagree(text) else _C
    problems: list[Problem] = []
    loads = True
    try:
        top = _compose(text, Loader)
    except (yaml.YAMLError, UnicodeError, RecursionError) as error:
        top, loads = None, False
        if Loader is not _Python:
            Loader = _Python
            try:
                top = _compose(text, Loader)
                loads = True
            except (yaml.YAMLError, UnicodeError, RecursionError) as decisive:
                error = decisive
        if not loads:
            problems.append(_refusal(error, source))
            if isinstance(error, ComposerError) and problems[0].code == "several-documents":
                top = _first_document(text, Loader)
    root = None
    if top is not None:
        try:
            root, found = build(top, source)
        except Refused as refused:
            found = [refused.problem]
        problems += found
        loads = loads and not any(problem.code in _FATAL for problem in found)
    if not problems or root is not None:
        missing = not_a_mapping(root, source)
        if missing is not None:
            problems.append(missing)
    return Document(path, "yaml", source, root, tuple(problems), loads, lambda source: find_comments(source, Loader))


_FATAL = frozenset({"unhashable-key", "bad-merge", "unknown-tag", "bad-value", "recursive-alias", "too-deep", "too-large"})


def _compose(text: str, Loader: Any) -> yaml.Node | None:
    """The only document of a text; None when there is none. ComposerError when there are several."""
    loader = Loader(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
        return node
    finally:
        loader.dispose()


def _first_document(text: str, Loader: Any) -> yaml.Node | None:
    loader = Loader(text)
    try:
        node: yaml.Node | None = loader.get_node() if loader.check_node() else None
        return node
    finally:
        loader.dispose()


def _scanners_disagree(text: str) -> bool:
    """Whether the C scanner may accept what the Python one refuses: tabs, directives, control characters."""
    return "\t" in text or text.startswith("%") or "\n%" in text


def _may_be_too_deep(text: str) -> bool:
    """Whether flow or compact block nesting goes so deep that the C composer would exhaust the stack of the process."""
    if text.count("[") + text.count("{") <= MAX_DEPTH and "- - - - " not in text and "? ? ? ? " not in text:
        return False
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_C):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    return True
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except (yaml.YAMLError, UnicodeError):
        return False
    return False


def _refusal(error: Exception, source: Source) -> Problem:
    """The problem that an exception of the parser stands for."""
    text = source.text
    if isinstance(error, RecursionError):
        return too_deep(source, 0)
    if isinstance(error, ReaderError):
        at = min(error.position, len(text))
        message = f"The loader refuses the character U+{_code(error.character):04X}"
        code = "binary" if "\0" in text else "syntax"
        return Problem(code, message, source.span(at, min(at + 1, len(text))), "Remove it, or write it escaped in a quoted text.")
    if isinstance(error, UnicodeError):
        return Problem("not-utf8", f"The text is not valid Unicode: {error}", source.span(0, 0))
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    at = min(mark.index, len(text)) if mark is not None else len(text)
    span = source.span(at, at + 1 if at < len(text) and text[at] not in "\r\n" else at)
    context = getattr(error, "context", None)
    detail = str(getattr(error, "problem", None) or context or error)
    if context == "expected a single document in the stream":
        help = "The loader takes one document: keep one, or split the file."
        return Problem("several-documents", "A second YAML document starts here; yaml.safe_load refuses the file", span, help)
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


