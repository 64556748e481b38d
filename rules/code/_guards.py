"""Whether a read of a key surely happens and surely fails when the key is absent; the same for a cast of null."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ...audit.trace.events import COMMAND_LINE, TYPE_TEST
from ...audit.trace.source import parse
from ._places import holds, offset_of

if TYPE_CHECKING:
    from ...audit.trace.events import Read
    from ...audit.trace.flow import KeyFlow
    from ...audit.trace.values import Site
    from ._audited import Audited
    from ._decided import Given

    Decides = Callable[[ast.expr], bool | None]

# Loaders whose mappings raise for a key that is not there. OmegaConf does so since 2.1, struct mode or not: an item a
# KeyError, an attribute an AttributeError (tried with 2.1.2, 2.3.0 and 2.4.0; 2.0.6 gives None).
_STRICT = ("yaml.", "json.", "toml", "ruamel", "load_config_as_namespace", "omegaconf.OmegaConf.load")
_BRANCHES = (
    *(ast.If, ast.IfExp, ast.While, ast.For, ast.Try, ast.BoolOp, ast.Match, ast.Lambda),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)
_DEEPEST = 5
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


class Unguarded(NamedTuple):
    """A read that fails when the key is absent, and the exception that it raises.

    `elsewhere` says that the key may also come from where no file shows it: OmegaConf's command line.
    """

    site: Site
    error: str
    elsewhere: bool = False


def unguarded(audited: Audited, key: KeyFlow, loads: Collection[int], given: Given | None = None) -> Unguarded | None:
    """The first read of a key, from one of these loads, that is surely reached (with the `given` config) and has no
    guard of any kind; None where that is not proven."""
    if audited.uncertain(key) or any(not d.library for d in key.defaults):
        return None
    if any(use.category == TYPE_TEST for use in key.other_uses):
        return None
    sources = [s for s in audited.entry.sources if s.kind == "config"]
    files = [s for s in sources if s.what != COMMAND_LINE]
    if not all(any(mark in s.what for mark in _STRICT) for s in files):
        return None
    reads = [read for read in key.reads if read.source in loads]
    return _first_failing(audited, key, reads, len(files) < len(sources), given)


def failing(audited: Audited, key: KeyFlow) -> Unguarded | None:
    """The first read, surely reached, of an option that the parser certainly does not have."""
    reads = [read for read in key.reads if read.lacking and not read.guarded]
    return None if audited.uncertain(key) else _first_failing(audited, key, reads)


def unless(read: Unguarded) -> str:
    """What may yet save the run."""
    return ", unless the command line gives it" if read.elsewhere else ""


def _first_failing(
    audited: Audited, key: KeyFlow, reads: Iterable[Read], elsewhere: bool = False, given: Given | None = None
) -> Unguarded | None:
    for read in reads:
        text = audited.text(read.site.file)
        error = _error(text, read.site, key.leaf) if text is not None else None
        if error is not None and straight(audited, read.site, given):
            return Unguarded(read.site, error, elsewhere)
    return None


def straight(audited: Audited, site: Site, given: Given | None = None) -> bool:
    """Whether the code at a site runs in every run (with the `given` config): no branch around it in its function,
    which a training call shares, or which code that runs in every run calls."""
    return _straight(audited, given, site.file, site.line, site.column, ())


def _straight(audited: Audited, given: Given | None, file: str, line: int, column: int, below: tuple[str, ...]) -> bool:
    text = audited.text(file)
    if text is None or file.endswith(".ipynb"):
        return False
    function, branches = _around(text, line, column, partial(given.decides, file) if given is not None else None)
    if branches:
        return False
    if function is None:
        return True
    calls = [call for call in audited.entry.calls if not call.library and call.when is None]
    if any(call.function.rpartition(".")[2] == function and call.site.file == file for call in calls):
        return True
    if function in below or len(below) >= _DEEPEST or _may_leave(text, function, line):
        return False
    inside = (*below, function)
    return any(_straight(audited, given, file, *place, inside) for place in _callers(text, function))


def _callers(text: str, function: str) -> list[tuple[int, int]]:
    """Where a file calls a function of its own by its name, which it gives to one function alone."""
    module = tree(text)
    nodes = list(ast.walk(module)) if module is not None else []
    if sum(isinstance(n, ast.FunctionDef) and n.name == function for n in nodes) != 1 or module is None:
        return []
    if not any(isinstance(n, ast.FunctionDef) and n.name == function and not _lazy(n) for n in module.body):
        return []
    return [
        (n.lineno, len(text.split("\n")[n.lineno - 1].encode()[: n.col_offset].decode()) + 1)
        for n in nodes
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == function
    ]


def _lazy(function: ast.FunctionDef) -> bool:
    """Whether a call does not run the body as it stands: a generator, or a decorator in between."""
    return bool(function.decorator_list) or any(isinstance(n, ast.Yield | ast.YieldFrom) for n in ast.walk(function))


def _may_leave(text: str, function: str, line: int) -> bool:
    """Whether a function can end before a line: a return, or a call that ends the program."""
    module = tree(text)
    for node in ast.walk(module) if module is not None else ():
        if isinstance(node, ast.FunctionDef) and node.name == function:
            before = [n for n in ast.walk(node) if getattr(n, "lineno", line) < line]
            return any(isinstance(n, ast.Return) or (isinstance(n, ast.Call) and _exits(n)) for n in before)
    return True


def _exits(call: ast.Call) -> bool:
    return getattr(call.func, "attr", getattr(call.func, "id", "")) in ("exit", "_exit", "quit", "abort")


def tree(text: str) -> ast.Module | None:
    """The parsed text, or None where it is no Python."""
    try:
        return parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return None


def _around(text: str, line: int, column: int, decides: Decides | None) -> tuple[str | None, bool]:
    """The function that holds a place (None for the module) and whether a branch inside of it does, which nothing
    decides."""
    module = tree(text)
    if module is None:
        return None, True
    offset = offset_of(text, line, column)
    function: str | None = None
    branches = False
    node: ast.AST = module
    while True:
        inner = next((child for child in ast.iter_child_nodes(node) if holds(child, line, offset)), None)
        if inner is None:
            return function, branches
        if isinstance(inner, _FUNCTIONS):
            function, branches = getattr(inner, "name", "<lambda>"), isinstance(inner, ast.Lambda)
        elif isinstance(inner, _BRANCHES) and not _is_main(inner):
            always = _evaluated_first(inner)
            open_ = always is None or not holds(always, line, offset)
            branches = branches or (open_ and not _taken(inner, line, offset, decides))
        node = inner


def _taken(branch: ast.AST, line: int, offset: int, decides: Decides | None) -> bool:
    """Whether a test that is decided leads to the place."""
    if decides is None or not isinstance(branch, ast.If | ast.IfExp):
        return False
    body = branch.body if isinstance(branch.body, list) else [branch.body]
    return decides(branch.test) is any(holds(node, line, offset) for node in body)


def _evaluated_first(branch: ast.AST) -> ast.AST | None:
    """The part of a branching construct that runs in any case: the test of an `if`, what a loop goes over."""
    match branch:
        case ast.If() | ast.IfExp() | ast.While():
            return branch.test
        case ast.For():
            return branch.iter
        case ast.BoolOp():
            return branch.values[0]
        case ast.Match():
            return branch.subject
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            return branch.generators[0].iter
    return None


def _is_main(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "__name__" in ast.dump(node.test)


def _error(text: str, site: Site, leaf: str) -> str | None:
    """What a read raises for an absent key: `cfg["key"]` a KeyError, `cfg.key` an AttributeError, `.get` nothing.

    The site is the whole expression or the key inside of its brackets.
    """
    lines = text.split("\n")
    if site.line != site.end_line or site.line > len(lines):
        return None
    line = lines[site.line - 1]
    piece, after = line[site.column - 1 : site.end_column - 1], line[site.end_column - 1 :].lstrip()
    if piece.endswith("]") or (piece[-1:] in "\"'" and after.startswith("]")):
        return "KeyError"
    return "AttributeError" if piece.endswith(f".{leaf}") else None
