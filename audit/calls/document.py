"""From the arguments of a call to a document: values as the code writes them, places as the editor shows them."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from ..documents.document import Document
from ..documents.node import MAPPING, SCALAR, SEQUENCE, Node, Source
from ..trace.source import parse
from ..unknown import UNKNOWN
from .places import in_notebook

if TYPE_CHECKING:
    from ..trace.flow import Call, CallArgument
    from ..trace.values import Site


class CallDocument(NamedTuple):
    """The arguments of one call: `document` holds all of them (null for those that are not constants), `known` the
    parameters whose values are constants, `keywords` those that are written as keywords at the call itself, `doubtful`
    those that the call may come without."""

    document: Document
    known: frozenset[str]
    keywords: frozenset[str]
    doubtful: frozenset[str]


def of_call(call: Call, file: str, text: str, without: frozenset[str] = frozenset()) -> CallDocument | None:
    """The document of a call in a Python file; None when nothing of it is worth a look.

    `without` are parameters that take objects. Arguments from outside of the file stand where the call does.
    """
    source = Source(text)
    places = _keywords(text, call.site)
    start, end = _offsets(source, call.site)
    children: dict[str, Node] = {}
    known, doubtful = set(), set()
    for argument in call.arguments:
        if argument.param in without or not argument.param.isidentifier():
            continue
        if argument.maybe:
            doubtful.add(argument.param)
        constant = argument.known and not argument.keys and _plain(argument.value)
        if constant:
            known.add(argument.param)
        children[argument.param] = _node(argument, constant, source, file, places.get(argument.param), (start, end))
    if not children:
        return None
    value = {name: node.value for name, node in children.items()}
    root = Node(MAPPING, value, children, "", source, start, end)
    document = Document(file, "python", source, root, (), True)
    return CallDocument(document, frozenset(known), frozenset(places), frozenset(doubtful))


def only(whole: CallDocument, names: frozenset[str]) -> Document:
    """The document with some of its parameters alone."""
    return _with(whole, {name: node for name, node in _children(whole).items() if name in names})


def guarded(whole: CallDocument) -> Document:
    """The document with UNKNOWN for every parameter whose value is no constant, or that may not be given."""
    children = _children(whole)
    certain = whole.known - whole.doubtful
    return _with(whole, {name: node if name in certain else node.holding(UNKNOWN) for name, node in children.items()})


def _children(whole: CallDocument) -> Mapping[str, Node]:
    root = whole.document.root
    assert root is not None
    assert isinstance(root.children, Mapping)
    return root.children


def _with(whole: CallDocument, children: dict[str, Node]) -> Document:
    root = whole.document.root
    assert root is not None
    value = {name: node.value for name, node in children.items()}
    source = whole.document.source
    span = root.span
    start, end = source.offset(span.line, span.column), source.offset(span.end_line, span.end_column)
    kept = Node(MAPPING, value, children, "", source, start, end)
    return Document(whole.document.path, "python", source, kept, (), True)


def _node(
    argument: CallArgument,
    constant: bool,
    source: Source,
    file: str,
    key: tuple[int, int] | None,
    call: tuple[int, int],
) -> Node:
    start, end = _offsets(source, argument.site) if argument.site.file == file else call
    key_start, key_end = key or (start, end)
    value = argument.value if constant else None
    kind = MAPPING if isinstance(value, dict) else SEQUENCE if isinstance(value, list | tuple) else SCALAR
    inner: Any = ()
    if isinstance(value, dict):
        inner = {name: _inner(part, source, start, end) for name, part in value.items() if isinstance(name, str)}
    elif isinstance(value, list | tuple):
        value = list(value)
        inner = [_inner(part, source, start, end) for part in value]
    style = source.text[start : start + 1]
    return Node(kind, value, inner, style if style in "'\"" else "", source, start, end, key_start, key_end)


def _inner(value: Any, source: Source, start: int, end: int) -> Node:
    return Node(SCALAR, value, (), "", source, start, end, start, end)


def _plain(value: Any) -> bool:
    """Whether a value is one that a config file could hold."""
    if isinstance(value, list | tuple):
        return all(map(_plain, value))
    if isinstance(value, dict):
        return all(isinstance(key, str) and _plain(inner) for key, inner in value.items())
    return value is None or isinstance(value, bool | int | float | str)


def _offsets(source: Source, site: Site) -> tuple[int, int]:
    if site.file.endswith(".ipynb"):
        site = in_notebook(source.text, site)
    try:
        return source.offset(site.line, site.column), source.offset(site.end_line, site.end_column)
    except ValueError:
        return 0, 0


def _keywords(text: str, site: Site) -> dict[str, tuple[int, int]]:
    """Where the keywords of the call at a site are written, as offsets."""
    try:
        tree = parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return {}
    source = Source(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (node.lineno, node.end_lineno) == (site.line, site.end_line):
            column = len(source.line(node.lineno).encode()[: node.col_offset].decode("utf-8", "replace")) + 1
            if column == site.column:
                return {word.arg: _word(source, word) for word in node.keywords if word.arg is not None}
    return {}


def _word(source: Source, word: ast.keyword) -> tuple[int, int]:
    column = len(source.line(word.lineno).encode()[: word.col_offset].decode("utf-8", "replace")) + 1
    start = source.offset(word.lineno, column)
    return start, start + len(word.arg or "")
