"""Operators on the way and in the config: reads, defaults, validator rows, keys without a reader."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from harness.run import execute
from harness.snippet import MISSING, dump, load, set_leaf
from mutants import LOST, Mutant, Trainer, literal


def _reads(trainer: Trainer) -> Iterator[tuple[str, int, str, str]]:
    """(file, place in walking order, key, how) of every plain read of a key that reaches a library."""
    leafs: dict[str, list[str]] = {}
    for key, facts in trainer.facts.items():
        if facts.data:
            leafs.setdefault(key.rpartition(".")[2], []).append(key)
    for file, text in trainer.files.items():
        for index, node in enumerate(ast.walk(ast.parse(text))):
            name, how = _read_name(node)
            if len(leafs.get(name, ())) == 1:
                yield file, index, leafs[name][0], how


def _read_name(node: ast.AST) -> tuple[str, str]:
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value), "subscript"
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
        return node.attr, "attribute"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get" and node.args:
        name = node.args[0]
        return (str(name.value), "get") if isinstance(name, ast.Constant) else ("", "")
    return "", ""


def misspell_read(trainer: Trainer) -> Iterator[Mutant]:
    """The key is read under another name: a crash where the read is unguarded, silence where it has a default."""
    for file, index, key, how in _reads(trainer):
        leaf = key.rpartition(".")[2]
        wrong = leaf[:-1] if len(leaf) > 2 else leaf + "x"

        def change(tree: ast.Module, nodes: list[ast.AST], index: int = index, wrong: str = wrong) -> None:
            node: Any = nodes[index]
            if isinstance(node, ast.Subscript):
                node.slice = ast.Constant(wrong)
            elif isinstance(node, ast.Attribute):
                node.attr = wrong
            else:
                node.args[0] = ast.Constant(wrong)

        wrong_key = ".".join([*key.split(".")[:-1], wrong])
        files = trainer.rewritten(file, change)
        accepts = LOST | {"read-but-absent"}
        yield Mutant("misspell_read", trainer.name, (key, wrong_key, wrong), accepts, files, how)


def _other(value: Any) -> Any:
    """Another value of the kind, as somebody would change a default."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value * 2 or 1
    return {"none": "global", "linear": "cosine"}.get(value, f"{value}_2") if isinstance(value, str) else None


def get_default(trainer: Trainer) -> Iterator[Mutant]:
    """``.get(key, d)`` gets another ``d`` than the table of the project says."""
    for file, index, key, how in _reads(trainer):
        node: Any = list(ast.walk(ast.parse(trainer.files[file])))[index]
        if (
            how != "get"
            or len(node.args) < 2
            or not isinstance(node.args[1], ast.Constant)
            or not _declared(trainer, key)
        ):
            continue

        def change(tree: ast.Module, nodes: list[ast.AST], index: int = index) -> None:
            call: Any = nodes[index]
            call.args[1] = literal(_other(call.args[1].value))

        yield Mutant(
            "get_default", trainer.name, (key,), frozenset(["default-mismatch"]), trainer.rewritten(file, change), how
        )


def _declared(trainer: Trainer, key: str) -> bool:
    """A table of the project gives the key a default: its path, or its last name, starts a row of it."""
    names = {key, key.rpartition(".")[2]}
    for text in trainer.files.values():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Tuple | ast.Dict) and _row_name(node) & names:
                return True
    return False


def _row_name(node: ast.Tuple | ast.Dict) -> set[str]:
    if isinstance(node, ast.Tuple):
        first = node.elts[0] if len(node.elts) > 2 else None
        return {first.value} if isinstance(first, ast.Constant) and isinstance(first.value, str) else set()
    rows = zip(node.keys, node.values, strict=True)
    return {str(k.value) for k, v in rows if isinstance(k, ast.Constant) and isinstance(v, ast.Dict)}


def wrapper_default(trainer: Trainer) -> Iterator[Mutant]:
    """A wrapper's parameter gets another default than the table of the project says."""
    for file, text in trainer.files.items():
        for index, node in enumerate(ast.walk(ast.parse(text))):
            if not isinstance(node, ast.FunctionDef):
                continue
            named = node.args.args[len(node.args.args) - len(node.args.defaults) :]
            for place, (parameter, default) in enumerate(zip(named, node.args.defaults, strict=True)):
                keys = [k for k, f in trainer.facts.items() if f.data and k.rpartition(".")[2] == parameter.arg]
                if not keys or not isinstance(default, ast.Constant) or not _declared(trainer, keys[0]):
                    continue

                def change(tree: ast.Module, nodes: list[ast.AST], index: int = index, place: int = place) -> None:
                    function: Any = nodes[index]
                    function.args.defaults[place] = literal(_other(function.args.defaults[place].value))

                files = trainer.rewritten(file, change)
                accepts = frozenset(["default-mismatch"])
                yield Mutant("wrapper_default", trainer.name, (keys[0],), accepts, files, parameter.arg)


def remove_validator_row(trainer: Trainer) -> Iterator[Mutant]:
    """A row of a table that validates is taken out; the key is still handed over."""
    for file, text in trainer.files.items():
        for index, node in enumerate(ast.walk(ast.parse(text))):
            for key, facts in trainer.facts.items():
                names = {key, key.rpartition(".")[2]}
                if not facts.data or not isinstance(node, ast.List | ast.Tuple | ast.Dict):
                    continue
                if (place := _row(node, names)) is None:
                    continue

                def change(tree: ast.Module, nodes: list[ast.AST], index: int = index, place: int = place) -> None:
                    table: Any = nodes[index]
                    if isinstance(table, ast.Dict):
                        del table.keys[place], table.values[place]
                    else:
                        del table.elts[place]

                files = trainer.rewritten(file, change)
                accepts = frozenset(["forwarded-but-unvalidated"])
                yield Mutant("remove_validator_row", trainer.name, (key,), accepts, files, f"row {place}")


def _row(node: ast.List | ast.Tuple | ast.Dict, names: set[str]) -> int | None:
    """The place of the row for one of ``names`` in a table of rows (tuples) or of rules (a dict of dicts)."""
    if isinstance(node, ast.Dict):
        for place, (k, v) in enumerate(zip(node.keys, node.values, strict=True)):
            if isinstance(k, ast.Constant) and k.value in names and isinstance(v, ast.Dict):
                return place
        return None
    for place, row in enumerate(node.elts):
        if isinstance(row, ast.Tuple) and _row_name(row) & names:
            return place
    return None


def unread_key(trainer: Trainer) -> Iterator[Mutant]:
    """The shipped config gets a plausible key that no line of the code reads."""
    for source in trainer.snippet.sources:
        if source["kind"] != "file":
            continue
        path = trainer.snippet.folder / source["path"]
        sections = {key.rpartition(".")[0] for key in trainer.facts}
        for section in sorted(sections):
            for leaf, value in (("gradient_clip_norm", 1.0), ("lr_decay_rate", 0.95), ("early_stopping_rounds", 4)):
                key = f"{section}.{leaf}".lstrip(".")
                files = {source["path"]: dump(path, set_leaf(load(path), key, value))}
                accepts = frozenset(["dead-field", "swallowed-by-kwargs", "forwarded-but-inert", "unknown-key"])
                yield Mutant("unread_key", trainer.name, (key,), accepts, files, section or "top")


def remove_config_key(trainer: Trainer) -> Iterator[Mutant]:
    """A key that is read without a guard is missing in the shipped config."""
    for source in trainer.snippet.sources:
        if source["kind"] != "file":
            continue
        path = trainer.snippet.folder / source["path"]
        for key in trainer.facts:
            if execute(trainer.snippet, {key: MISSING}).error in ("KeyError", "AttributeError"):
                files = {source["path"]: dump(path, set_leaf(load(path), key, MISSING))}
                accepts = frozenset(["read-but-absent"])
                yield Mutant("remove_config_key", trainer.name, (key,), accepts, files, "read unguarded")


OPERATORS = (
    misspell_read,
    get_default,
    wrapper_default,
    remove_validator_row,
    unread_key,
    remove_config_key,
)
