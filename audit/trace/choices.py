"""Keys that choose an argument instead of being it: `if cfg["bf16"]: kwargs["bf16"] = True`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .heap import SEQUENCES
from .values import Node, ObjRef

if TYPE_CHECKING:
    from .flow import EntryFlow, KeyFlow
    from .machine import Machine
    from .project import Module
    from .values import Site, Value

_LEAVES = (ast.Return, ast.Raise, ast.Continue, ast.Break)


def written(m: Machine, value: Value) -> tuple[Site, ...]:
    """Where the constants of a value stand in the code, and the displays and calls that made its containers."""
    places = [one.site for one in value.literals]
    for target in value.refs:
        if isinstance(target, ObjRef) and not isinstance(target.oid, Node):
            made = m.state.get(target.oid)
            if made.kind in SEQUENCES or made.kind == "dict":
                places.append(made.site)
                places += [one.site for field in made.fields.values() for one in field.literals]
    return tuple(dict.fromkeys(site for site in places if site is not None))


def chooses(m: Machine, key: KeyFlow, param: str, entry: EntryFlow) -> bool:
    """Whether what `param` gets is written under a test of the key's value; `presence` does not count."""
    sites = {site for call in entry.calls for one in call.arguments if one.param == param for site in one.constants}
    asked = {one.site for facts in (key.other_uses, key.reads, key.validated) for one in facts}
    return any(_under(m, site, asked) for site in sites)


def _under(m: Machine, site: Site, asked: set[Site]) -> bool:
    module = next((one for one in m.project.modules.values() if one is not None and one.file == site.file), None)
    if module is None:
        return False
    tests = [part for test in _tests(module, site) for part in parts(test) if not presence(part)]
    return any(_inside(one, module.site(test)) for test in tests for one in asked)


def _tests(module: Module, site: Site) -> Iterator[ast.expr]:
    """The tests that decide whether the code at a site runs: those around it, and those before it that may leave."""
    node: ast.AST = module.tree
    while True:
        inner = next((one for one in ast.iter_child_nodes(node) if _spans(module, one, site)), None)
        if inner is None:
            return
        match node:
            case ast.If(test=test) | ast.IfExp(test=test) if inner is not test:
                yield test
            case ast.Match(subject=subject) if inner is not subject:
                yield subject
            case ast.BoolOp(values=values):
                places = [n for n, value in enumerate(values) if value is inner]
                yield from values[: places[0]] if places else ()
        for block in (getattr(node, name, None) for name in ("body", "orelse", "finalbody")):
            if isinstance(block, list) and inner in block:
                for before in block[: block.index(inner)]:
                    if isinstance(before, ast.If) and any(isinstance(one, _LEAVES) for one in ast.walk(before)):
                        yield before.test
        node = inner


def _spans(module: Module, node: ast.AST, site: Site) -> bool:
    if isinstance(node, ast.match_case | ast.excepthandler | ast.keyword | ast.withitem | ast.comprehension):
        return any(_spans(module, one, site) for one in ast.iter_child_nodes(node))
    return hasattr(node, "lineno") and _inside(site, module.site(node))


def parts(test: ast.expr) -> Iterator[ast.expr]:
    """The single tests that `and`, `or` and `not` combine."""
    match test:
        case ast.BoolOp(values=values):
            for value in values:
                yield from parts(value)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield from parts(operand)
        case _:
            yield test


def presence(test: ast.expr) -> bool:
    """A test whether there is a value (`is not None`): it says that the value matters."""
    match test:
        case ast.Compare(ops=[ast.Is() | ast.IsNot()], comparators=[ast.Constant(value=None)]):
            return True
        case ast.Compare(left=ast.Constant(), ops=[ast.In() | ast.NotIn()]):
            return True
        case ast.Call(func=ast.Name(id="hasattr")):
            return True
    return False


def _inside(one: Site, other: Site) -> bool:
    start, end = (one.line, one.column), (one.end_line, one.end_column)
    return one.file == other.file and (other.line, other.column) <= start and end <= (other.end_line, other.end_column)
