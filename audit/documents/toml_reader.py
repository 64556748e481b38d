"""TOML as `tomllib.loads` reads it, with positions from an own scan of the accepted text (tomlkit is no dependency).

The scan follows tables, arrays of tables, dotted keys, inline tables and arrays. A key that it cannot place stands
where the table that holds it stands.
"""

from __future__ import annotations

import re

from .build import join
from .document import Comment, Document, Problem, not_a_mapping
from .node import Source
from .toml_scan import scan

_MARK = re.compile(r"\(at line (\d+), column (\d+)\)")


def read_toml(path: str, text: str) -> Document:
    """The document of a TOML text (without byte order mark)."""
    import tomllib

    source = Source(text)
    try:
        value = tomllib.loads(text)
        root = join(value, scan(text).root, source)
    except tomllib.TOMLDecodeError as error:
        return Document(path, "toml", source, None, (_refusal(error, source),), False)
    except RecursionError:
        problem = Problem("too-deep", "Nested deeper than the loader can follow", source.span(0, 0))
        return Document(path, "toml", source, None, (problem,), False)
    except ValueError as error:  # an integer of more digits than Python converts
        problem = Problem("bad-value", f"The loader fails: {error}", source.span(0, 0))
        return Document(path, "toml", source, None, (problem,), False)
    missing = not_a_mapping(root if value else None, source)
    return Document(path, "toml", source, root, (missing,) if missing else (), True, find_comments)


def _refusal(error: ValueError, source: Source) -> Problem:
    detail = str(error)
    found = _MARK.search(detail)
    at = len(source.text)
    if found is not None:
        # tomllib counts lines after turning CR LF into LF, and a line here ends in the same places
        line, column = int(found.group(1)), int(found.group(2))
        try:
            at = source.offset(line, column)
        except ValueError:
            at = len(source.text)
    message = f"Not valid TOML: {detail.partition(' (at ')[0]}"
    return Problem("syntax", message, source.span(at, at))


def find_comments(source: Source) -> list[Comment]:
    """The comments of an accepted text."""
    found = []
    for start, end in scan(source.text).comments:
        span = source.span(start, end)
        before = source.line(span.line)[: span.column - 1]
        found.append(Comment(span.line, span.column, source.text[start:end], not before.strip()))
    return found
