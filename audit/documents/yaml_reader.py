"""YAML as `yaml.safe_load` reads it, with positions.

`yaml.safe_load` is what `gliner.utils.load_config_as_namespace` calls: PyYAML's Python scanner, the resolver of YAML
1.1 and SafeConstructor. Here the C scanner composes, 16 times faster. Where the two scanners may disagree, or the C one
refuses, the Python one decides. Offsets come from the marks of the composer; both count code points.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml.composer import ComposerError

from .document import Comment, Document, Problem, not_a_mapping
from .node import Node, Source
from .yaml_tree import MAX_DEPTH, Refused, build, too_deep

_Python: Any = yaml.SafeLoader
_C: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Refusals = (yaml.YAMLError, UnicodeError, RecursionError)

_DOUBTFUL = re.compile(r"\t|\ufeff|^%|(?:^|[\s\[{,])!(?=[\s,\]}]|$)|[|>][-+0-9]*#", re.MULTILINE)
"""Where the C scanner reads otherwise than the Python one: tabs, directives, an inner byte order mark, a bare `!`, a
comment that touches the head of a block scalar."""

_HARMLESS = frozenset({"duplicate-key", "non-string-key"})
"""Problems with which the loader still yields a value."""


def read_yaml(path: str, text: str, *, core: bool = False) -> Document:
    """The document of a YAML text (without byte order mark); with `core` its plain scalars mean what YAML 1.2 says."""
    source = Source(text)
    if _may_be_too_deep(text):
        return Document(path, "yaml", source, None, (too_deep(source, 0),), False)
    Loader = _Python if _DOUBTFUL.search(text) or _question_in_flow(text) else _C
    problems: list[Problem] = []
    try:
        try:
            top = _compose(text, Loader)
        except _Refusals:
            if Loader is _Python:
                raise
            Loader = _Python
            top = _compose(text, Loader)
    except _Refusals as error:
        from .yaml_refusal import problem_of

        problems.append(problem_of(error, source))
        several = isinstance(error, ComposerError) and problems[0].code == "several-documents"
        top = _first_document(text, Loader) if several else None
    root: Node | None = None
    if top is not None and core:
        from .yaml_core import retag

        retag(top, text)
    if top is not None:
        try:
            root, found = build(top, source)
        except Refused as refused:
            found = [refused.problem]
        problems += found
    loads = all(problem.code in _HARMLESS for problem in problems)
    if root is not None or not problems:
        missing = not_a_mapping(root, source)
        if missing is not None:
            problems.append(missing)

    def comments(source: Source) -> list[Comment]:
        from .yaml_comments import find_comments

        return find_comments(source, Loader)

    return Document(path, "yaml", source, root, tuple(problems), loads, comments)


def _compose(text: str, Loader: Any) -> yaml.Node | None:
    """The only document of a text; None when there is none. ComposerError when there are several."""
    loader = Loader(text)
    try:
        found: yaml.Node | None = loader.get_single_node()
        return found
    finally:
        loader.dispose()


def _first_document(text: str, Loader: Any) -> yaml.Node | None:
    loader = Loader(text)
    try:
        found: yaml.Node | None = loader.get_node() if loader.check_node() else None
        return found
    finally:
        loader.dispose()


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


def _question_in_flow(text: str) -> bool:
    """Whether a plain scalar in brackets holds a question mark: the Python scanner ends the scalar there."""
    if "?" not in text or not ("[" in text or "{" in text):
        return False
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_C):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += bool(event.flow_style)
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= depth > 0
            elif depth and isinstance(event, yaml.ScalarEvent) and not event.style and "?" in event.value:
                return True
    except (yaml.YAMLError, UnicodeError):
        pass  # the composer stumbles there too, and the Python scanner is asked then
    return False
