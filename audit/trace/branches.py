"""Branches, loops, try and match: fork, interpret, join; loops over what is known are unrolled."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from .comprehensions import items_of
from .operators import Test, truth
from .source import unparse
from .state import State, join_states
from .validation import condition, rejection
from .values import COMPARED, UNKNOWN, Value, derived, literal

if TYPE_CHECKING:
    from .machine import Frame, Machine

_PASSES = 2


def if_statement(m: Machine, node: ast.If, frame: Frame) -> bool:
    saved, m.tests, m.presences = m.tests, [], []
    test = m.eval(node.test, frame)
    tests, m.tests = m.tests, saved
    present = m.presences if isinstance(node.test, ast.Compare) else []
    decided = truth(m, test)
    if decided is not None:
        return m.block(node.body if decided else node.orelse, frame)
    condition(m, test, tests, node.test, rejection(node.body) or rejection(node.orelse))
    text = unparse(node.test)
    start = m.state
    m.state = start.fork()
    _absent(m, present, False)
    with m.guarded(text, test):
        first = m.state if m.block(node.body, frame) else None
        first = m.state if first is not None else None
    m.state = start.fork()
    _absent(m, present, True)
    with m.guarded(f"not ({text})", test):
        alive = m.block(node.orelse, frame)
    second = m.state if alive else None
    joined = join_states(first, second, text, frozenset(test.origins), m.truthy_keys(node.test, test))
    if joined is None:
        return False
    m.state = joined
    if first is None or second is None:
        m.passed(f"not ({text})" if first is None else text, test)
    return True


def _absent(m: Machine, present: list[tuple[Any, Any, bool]], positive: bool) -> None:
    """Where `key in tree` does not hold, the tree lacks the key."""
    for oid, part, says in present:
        if says is positive and len(present) == 1:
            obj = m.state.edit(oid)
            obj.excluded |= {part}


def assert_statement(m: Machine, node: ast.Assert, frame: Frame) -> None:
    saved, m.tests = m.tests, []
    test = m.eval(node.test, frame)
    tests, m.tests = m.tests, saved
    condition(m, test, tests, node.test, "raises")


def for_statement(m: Machine, node: ast.For | ast.AsyncFor, frame: Frame) -> bool:
    from .statements import assign

    source = m.eval(node.iter, frame)
    items = items_of(m, source, node.target, node.body, frame)
    breaks: list[State] = []
    alive = True
    for item in items.known:
        if item.absent:
            alive = _maybe(m, node, item, frame, breaks)
        else:
            assign(m, node.target, item, frame)
            alive = _iteration(m, node.body, frame, breaks)
        if not alive:
            break
    if alive and items.others is not None:
        for _ in range(_PASSES):
            before = m.state
            m.state = before.fork()
            assign(m, node.target, items.others.present(), frame)
            after = m.state if _iteration(m, node.body, frame, breaks) else None
            m.state = join_states(before, after) or before
    return _leave(m, node.orelse, frame, breaks, alive)


def _maybe(m: Machine, node: ast.For | ast.AsyncFor, item: Value, frame: Frame, breaks: list[State]) -> bool:
    """An iteration that may not take place."""
    from .statements import assign

    before = m.state
    m.state = before.fork()
    assign(m, node.target, item.present(), frame)
    after = m.state if _iteration(m, node.body, frame, breaks) else None
    m.state = join_states(before, after) or before
    return True


def _iteration(m: Machine, body: list[ast.stmt], frame: Frame, breaks: list[State]) -> bool:
    continues: list[State] = []
    frame.loops.append((breaks, continues))
    guards = len(m.guards)
    try:
        alive = m.block(body, frame)
    finally:
        frame.loops.pop()
        del m.guards[guards:]
    state: State | None = m.state if alive else None
    for other in continues:
        state = join_states(state, other)
    if state is None:
        return False
    m.state = state
    return True


def _leave(m: Machine, orelse: list[ast.stmt], frame: Frame, breaks: list[State], alive: bool) -> bool:
    state: State | None = m.state if alive else None
    if alive and orelse:
        state = m.state if m.block(orelse, frame) else None
        state = m.state if state is not None else None
    for other in breaks:
        state = join_states(state, other)
    if state is None:
        return False
    m.state = state
    return True


def while_statement(m: Machine, node: ast.While, frame: Frame) -> bool:
    breaks: list[State] = []
    forever = False
    for _ in range(_PASSES):
        saved, m.tests = m.tests, []
        test = m.eval(node.test, frame)
        tests, m.tests = m.tests, saved
        decided = truth(m, test)
        if decided is False:
            break
        forever = decided is True
        condition(m, test, tests, node.test, None)
        before = m.state
        m.state = before.fork()
        with m.guarded(unparse(node.test), test):
            alive = _iteration(m, node.body, frame, breaks)
        m.state = join_states(before, m.state if alive else None) or before
    return _leave(m, node.orelse, frame, breaks, alive=not forever or not breaks)


def try_statement(m: Machine, node: Any, frame: Frame) -> bool:
    before = m.state
    m.state = before.fork()
    m.trying += 1
    try:
        alive = m.block(node.body, frame)
    finally:
        m.trying -= 1
    after: State | None = m.state
    thrown = join_states(before, after)
    if alive and node.orelse:
        alive = m.block(node.orelse, frame)
        after = m.state
    merged = after if alive else None
    for handler in node.handlers:
        assert thrown is not None
        m.state = thrown.fork()
        if handler.name:
            m.bind(handler.name, UNKNOWN, frame.scope)
        if m.block(handler.body, frame):
            merged = join_states(merged, m.state)
    if merged is None:
        if node.finalbody and thrown is not None:
            m.state = thrown.fork()
            m.block(node.finalbody, frame)
        return False
    m.state = merged
    return m.block(node.finalbody, frame)


def match_statement(m: Machine, node: ast.Match, frame: Frame) -> bool:
    subject = m.eval(node.subject, frame)
    start = m.state
    merged: State | None = None
    exhaustive = False
    for case in node.cases:
        decided = _pattern(m, case.pattern, subject, frame)
        if decided is False:
            continue
        m.state = start.fork()
        _inner_tests(m, case.pattern, subject, frame)
        _capture(m, case.pattern, subject, frame)
        if case.guard is not None:
            decided = None
            m.eval(case.guard, frame)
        text = f"{unparse(node.subject)} matches {unparse(case.pattern)}"
        if decided is None:
            kind = Test(frozenset(subject.origins), "enum", ())
            condition(m, derived([subject], COMPARED), [kind], node.subject, rejection(case.body))
        with m.guarded(text, subject):
            if m.block(case.body, frame):
                merged = join_states(merged, m.state, text)
        if decided is True:
            exhaustive = True
            break
    if not exhaustive:
        merged = join_states(merged, start)
    if merged is None:
        return False
    m.state = merged
    return True


def _pattern(m: Machine, pattern: ast.pattern, subject: Value, frame: Frame) -> bool | None:
    if isinstance(pattern, ast.MatchAs) and pattern.pattern is None:
        return True
    only = subject.only
    if isinstance(pattern, ast.MatchValue) and only is not None and not subject.origins:
        wanted = m.eval(pattern.value, frame).only
        return only.value == wanted.value if wanted is not None else None
    if isinstance(pattern, ast.MatchOr):
        answers = {_pattern(m, p, subject, frame) for p in pattern.patterns}
        return True if True in answers else False if answers == {False} else None
    return None


def _inner_tests(m: Machine, pattern: ast.pattern, subject: Value, frame: Frame) -> None:
    """Parts of the subject that a pattern compares are looked at by the match."""
    pairs: list[tuple[ast.pattern, Value]] = []
    if isinstance(pattern, ast.MatchMapping):
        for key, inner in zip(pattern.keys, pattern.patterns, strict=True):
            pairs.append((inner, m.get_item(subject, m.eval(key, frame), key)))
    elif isinstance(pattern, ast.MatchClass):
        pairs = [
            (p, m.get_attr(subject, n, pattern)) for n, p in zip(pattern.kwd_attrs, pattern.kwd_patterns, strict=True)
        ]
    elif isinstance(pattern, ast.MatchSequence):
        pairs = [(p, m.get_item(subject, literal(i), pattern)) for i, p in enumerate(pattern.patterns)]
    for inner, value in pairs:
        if not isinstance(inner, ast.MatchAs | ast.MatchStar):
            condition(m, derived([value], COMPARED), [], pattern, None)
        _inner_tests(m, inner, value, frame)


def _capture(m: Machine, pattern: ast.pattern, subject: Value, frame: Frame) -> None:
    """Names that a pattern binds get the subject, or the part of it that the pattern names."""
    if isinstance(pattern, ast.MatchAs):
        if pattern.pattern is not None:
            _capture(m, pattern.pattern, subject, frame)
        if pattern.name:
            m.bind(pattern.name, subject, frame.scope)
    elif isinstance(pattern, ast.MatchMapping):
        for key, inner in zip(pattern.keys, pattern.patterns, strict=True):
            _capture(m, inner, m.get_item(subject, m.eval(key, frame), key), frame)
        if pattern.rest:
            m.bind(pattern.rest, subject, frame.scope)
    elif isinstance(pattern, ast.MatchSequence):
        for position, inner in enumerate(pattern.patterns):
            _capture(m, inner, m.get_item(subject, literal(position), pattern), frame)
    elif isinstance(pattern, ast.MatchClass):
        for name, inner in zip(pattern.kwd_attrs, pattern.kwd_patterns, strict=True):
            _capture(m, inner, m.get_attr(subject, name, pattern), frame)
        for inner in pattern.patterns:
            _capture(m, inner, subject, frame)
    elif isinstance(pattern, ast.MatchOr):
        for inner in pattern.patterns:
            _capture(m, inner, subject, frame)
