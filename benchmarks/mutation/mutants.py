"""A mutant of a training project, and the places in its code that a value passes on its way to a library."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from harness.derive import Facts
from harness.snippet import Snippet

#: Names under which a lost value may be reported: which one is right hangs on what else the trainer does with the key.
LOST = frozenset(
    ["dead-field", "validated-but-not-forwarded", "used-elsewhere-only", "partially-forwarded", "swallowed-by-kwargs"]
)
REPLACED = LOST | {"hard-coded-ignores-key", "overridden-after-read"}


class Mutant(NamedTuple):
    """``files`` are the texts that change; a finding counts that has a name of ``accepts`` and a key of ``keys``."""

    operator: str
    trainer: str
    keys: tuple[str, ...]
    accepts: frozenset[str]
    files: dict[str, str]
    note: str

    def write(self, clean: Path, target: Path) -> Path:
        shutil.copytree(clean, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        for name, text in self.files.items():
            (target / name).write_text(text, encoding="utf-8")
        return target


class Site(NamedTuple):
    """``param=value`` in a call, ``"param": value`` in a dict, or ``kwargs["param"] = value``, fed by ``key`` alone."""

    file: str
    place: int
    key: str
    sink: str
    param: str


class Trainer:
    """A clean project under trainers/: its snippet, what execution says of its keys, and its parsed files."""

    def __init__(self, folder: Path, facts: dict[str, Facts]) -> None:
        self.snippet = Snippet(folder)
        self.name = folder.name
        self.facts = facts
        self.files = {str(p.relative_to(folder)): p.read_text(encoding="utf-8") for p in sorted(folder.rglob("*.py"))}

    def rewritten(self, file: str, change: Callable[[ast.Module, list[ast.AST]], None]) -> dict[str, str]:
        """``file`` after ``change`` worked on a fresh tree; it gets the tree and its nodes in walking order."""
        tree = ast.parse(self.files[file])
        change(tree, list(ast.walk(tree)))
        return {file: ast.unparse(ast.fix_missing_locations(tree)) + "\n"}

    def sites(self) -> Iterator[Site]:
        """Places where one key alone feeds a parameter: its only one, or the one that bears its name."""
        feeding: dict[str, set[str]] = {}
        for key, facts in self.facts.items():
            for _, param in facts.data:
                feeding.setdefault(param, set()).add(key)
        for key, facts in self.facts.items():
            for sink, param in sorted(facts.data):
                if feeding[param] == {key} and (len(facts.data) == 1 or key.rpartition(".")[2] == param):
                    yield from self._at(key, sink, param)

    def _at(self, key: str, sink: str, param: str) -> Iterator[Site]:
        for file, text in self.files.items():
            for index, node in enumerate(ast.walk(ast.parse(text))):
                value = site_value(node, param)
                if value is not None and not isinstance(value, ast.Constant) and feeds(node, sink):
                    yield Site(file, index, key, sink, param)


def feeds(node: ast.AST, sink: str) -> bool:
    """A call takes the parameter when it is the sink, or gathers arguments for it."""
    if not isinstance(node, ast.Call):
        return True
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name in (sink.rpartition(".")[2], "update", "dict")


def site_value(node: ast.AST, param: str) -> ast.expr | None:
    """The expression that ``node`` gives to ``param``."""
    if isinstance(node, ast.Call):
        return next((k.value for k in node.keywords if k.arg == param), None)
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        found = next((v for k, v in pairs if isinstance(k, ast.Constant) and k.value == param), None)
        return None if isinstance(found, ast.Dict) else found  # a rule of a schema table is no value
    if isinstance(node, ast.Assign) and isinstance(target := node.targets[0], ast.Subscript):
        return node.value if isinstance(target.slice, ast.Constant) and target.slice.value == param else None
    return None


def replace_value(node: ast.AST, param: str, new: ast.expr) -> None:
    if isinstance(node, ast.Call):
        next(k for k in node.keywords if k.arg == param).value = new
    elif isinstance(node, ast.Dict):
        place = next(i for i, k in enumerate(node.keys) if isinstance(k, ast.Constant) and k.value == param)
        node.values[place] = new
    elif isinstance(node, ast.Assign):
        node.value = new


def literal(value: Any) -> ast.expr:
    return ast.parse(repr(value), mode="eval").body


def block_of(tree: ast.Module, node: ast.AST) -> tuple[list[ast.stmt], int]:
    """The list of statements, and the place in it, of the innermost statement that holds ``node``."""
    found: tuple[list[ast.stmt], int] | None = None
    for holder in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(holder, name, None)
            if isinstance(block, list):
                for place, statement in enumerate(block):
                    if any(inner is node for inner in ast.walk(statement)):
                        found = (block, place)
    if found is None:
        raise ValueError("the node is in no statement")
    return found
