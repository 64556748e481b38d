"""Operators at the sink: the value is lost, replaced or crossed just where it is handed over."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from harness.derive import carries
from harness.run import execute
from mutants import LOST, REPLACED, Mutant, Site, Trainer, block_of, literal, replace_value, site_value

#: Parameters of which a falsy value is legal and means something else than "not given".
FALSY_IS_LEGAL = frozenset(
    ["weight_decay", "others_weight_decay", "warmup_ratio", "warmup_steps", "max_grad_norm", "seed", "lora_dropout"]
) | {"label_smoothing_factor", "focal_loss_gamma", "focal_loss_alpha", "negatives", "others_lr", "save_total_limit"}

Change = Callable[[ast.Module, ast.AST, ast.expr], None]
Operator = Callable[[Trainer], Iterator[Mutant]]


def takes_falsy(site: Site) -> bool:
    """``create_training_args`` of gliner replaces a falsy ``others_*`` itself: 0 is lost there with or without us."""
    inside = site.param.startswith("others_") and site.sink.startswith("gliner.GLiNER.")
    return site.param in FALSY_IS_LEGAL and not inside


def _mutants(
    trainer: Trainer, operator: str, accepts: frozenset[str], make: Callable[[Site], Change | None]
) -> Iterator[Mutant]:
    for site in trainer.sites():
        if (change := make(site)) is None:
            continue

        def apply(tree: ast.Module, nodes: list[ast.AST], site: Site = site, change: Change = change) -> None:
            node = nodes[site.place]
            value = site_value(node, site.param)
            assert value is not None
            change(tree, node, value)

        files = trainer.rewritten(site.file, apply)
        yield Mutant(operator, trainer.name, (site.key,), accepts, files, f"{site.sink}.{site.param}")


def _shipped(trainer: Trainer, site: Site) -> Any:
    """What arrives with the shipped config: the worst literal to be replaced by, since nothing changes at first."""
    return execute(trainer.snippet, {}).sinks.get((site.sink, site.param), [None])[-1]


def drop_argument(trainer: Trainer) -> Iterator[Mutant]:
    """The argument is no longer handed over."""

    def make(site: Site) -> Change:
        def change(tree: ast.Module, node: ast.AST, value: ast.expr) -> None:
            if isinstance(node, ast.Call):
                node.keywords = [k for k in node.keywords if k.arg != site.param]
            elif isinstance(node, ast.Dict):
                kept = [(k, v) for k, v in zip(node.keys, node.values, strict=True) if v is not value]
                node.keys, node.values = [k for k, _ in kept], [v for _, v in kept]
            else:
                block, place = block_of(tree, node)
                block[place] = ast.Pass()

        return change

    yield from _mutants(trainer, "drop_argument", LOST | {"missing-parameter"}, make)


def literal_at_sink(trainer: Trainer) -> Iterator[Mutant]:
    """The shipped value is written at the sink as a literal."""

    def make(site: Site) -> Change:
        return lambda tree, node, value: replace_value(node, site.param, literal(_shipped(trainer, site)))

    yield from _mutants(trainer, "literal_at_sink", REPLACED, make)


def log_instead(trainer: Trainer) -> Iterator[Mutant]:
    """The value is printed, and the sink gets nothing."""

    def make(site: Site) -> Change:
        def change(tree: ast.Module, node: ast.AST, value: ast.expr) -> None:
            if not isinstance(node, ast.Call):
                return
            block, place = block_of(tree, node)
            node.keywords = [k for k in node.keywords if k.arg != site.param]
            line = ast.Call(ast.Name("print", ast.Load()), [ast.Constant(f"{site.param}:"), value], [])
            block.insert(place, ast.Expr(line))

        return change

    yield from _mutants(trainer, "log_instead", LOST | {"missing-parameter"}, make)


def or_literal(trainer: Trainer) -> Iterator[Mutant]:
    """``value or d``, where 0 is a legal value."""

    def make(site: Site) -> Change | None:
        if not takes_falsy(site):
            return None
        other = literal(_shipped(trainer, site))
        return lambda tree, node, value: replace_value(node, site.param, ast.BoolOp(ast.Or(), [value, other]))

    yield from _mutants(trainer, "or_literal", frozenset(["falsy-or"]), make)


def truth_test(trainer: Trainer) -> Iterator[Mutant]:
    """``value if value else d``, where 0 is a legal value."""

    def make(site: Site) -> Change | None:
        if not takes_falsy(site):
            return None
        other = literal(_shipped(trainer, site))
        return lambda tree, node, value: replace_value(node, site.param, ast.IfExp(value, value, other))

    yield from _mutants(trainer, "truth_test", frozenset(["falsy-or"]), make)


def late_override(trainer: Trainer) -> Iterator[Mutant]:
    """The value is read into a variable, which is set anew before the sink."""

    def make(site: Site) -> Change:
        def change(tree: ast.Module, node: ast.AST, value: ast.expr) -> None:
            block, place = block_of(tree, node)
            name = f"{site.param}_value"
            store: list[ast.expr] = [ast.Name(name, ast.Store())]
            block[place:place] = [
                ast.Assign(store, value, lineno=0),
                ast.Assign([ast.Name(name, ast.Store())], literal(_shipped(trainer, site)), lineno=0),
            ]
            replace_value(node, site.param, ast.Name(name, ast.Load()))

        return change

    yield from _mutants(trainer, "late_override", REPLACED, make)


def misspelt(name: str) -> str:
    return name.replace("_", "", 1) if "_" in name else name + "_"


def rename_argument(trainer: Trainer) -> Iterator[Mutant]:
    """The argument's name is misspelt: the library refuses it, or takes it and does nothing with it."""
    accepts = LOST | {"unknown-parameter", "unknown-argument", "unknown-key", "forwarded-but-inert"}

    def make(site: Site) -> Change:
        def change(tree: ast.Module, node: ast.AST, value: ast.expr) -> None:
            wrong = misspelt(site.param)
            if isinstance(node, ast.Call):
                next(k for k in node.keywords if k.arg == site.param).arg = wrong
            elif isinstance(node, ast.Dict):
                node.keys[[v is value for v in node.values].index(True)] = ast.Constant(wrong)
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
                node.targets[0].slice = ast.Constant(wrong)

        return change

    for mutant in _mutants(trainer, "rename_argument", accepts, make):
        yield mutant._replace(keys=(*mutant.keys, misspelt(mutant.note.rpartition(".")[2])))


def _neighbours(trainer: Trainer) -> Iterator[tuple[Site, Site]]:
    """Two places of one node whose values have the same type, so that crossing them crashes nothing."""
    sites = list(trainer.sites())
    base = execute(trainer.snippet, {}).sinks
    for first, second in pairwise(sites):
        one, two = (base.get((s.sink, s.param), [None])[-1] for s in (first, second))
        together = (first.file, first.place) == (second.file, second.place)
        if together and type(one) is type(two) and not carries(one, two):
            yield first, second


def alias_keys(trainer: Trainer) -> Iterator[Mutant]:
    """Two parameters get the same key; the other key goes nowhere."""
    for first, second in _neighbours(trainer):

        def change(tree: ast.Module, nodes: list[ast.AST], first: Site = first, second: Site = second) -> None:
            value = site_value(nodes[first.place], first.param)
            assert value is not None
            replace_value(nodes[second.place], second.param, value)

        files = trainer.rewritten(first.file, change)
        yield Mutant("alias_keys", trainer.name, (second.key,), LOST, files, f"{second.param} gets {first.key}")


def swap_keys(trainer: Trainer) -> Iterator[Mutant]:
    """Two keys that bear the names of their parameters change places."""
    for first, second in _neighbours(trainer):
        if first.key.rpartition(".")[2] != first.param or second.key.rpartition(".")[2] != second.param:
            continue

        def change(tree: ast.Module, nodes: list[ast.AST], first: Site = first, second: Site = second) -> None:
            one, two = site_value(nodes[first.place], first.param), site_value(nodes[second.place], second.param)
            assert one is not None
            assert two is not None
            replace_value(nodes[first.place], first.param, two)
            replace_value(nodes[second.place], second.param, one)

        files = trainer.rewritten(first.file, change)
        accepts = LOST | {"hard-coded-ignores-key"}
        yield Mutant(
            "swap_keys", trainer.name, (first.key, second.key), accepts, files, f"{first.param} x {second.param}"
        )


def swallow_by_kwargs(trainer: Trainer) -> Iterator[Mutant]:
    """The sink is called through a helper that names all its parameters but one, and drops the rest."""
    for site in trainer.sites():
        call = list(ast.walk(ast.parse(trainer.files[site.file])))[site.place]
        if not isinstance(call, ast.Call) or any(k.arg is None for k in call.keywords) or call.args:
            continue

        def change(tree: ast.Module, nodes: list[ast.AST], site: Site = site) -> None:
            node = nodes[site.place]
            assert isinstance(node, ast.Call)
            kept = [k.arg for k in node.keywords if k.arg and k.arg != site.param]
            head = ", ".join(["target", *kept, "**extra"])
            body = ", ".join(f"{name}={name}" for name in kept)
            helper = ast.parse(f"def hand_over({head}):\n    return target({body})\n").body
            places = (i for i, s in enumerate(tree.body) if isinstance(s, ast.FunctionDef | ast.ClassDef))
            node.args, node.func = [node.func], ast.Name("hand_over", ast.Load())
            tree.body[(at := next(places)) : at] = helper

        files = trainer.rewritten(site.file, change)
        yield Mutant("swallow_by_kwargs", trainer.name, (site.key,), LOST, files, f"{site.sink}.{site.param}")


OPERATORS = (
    drop_argument,
    literal_at_sink,
    log_instead,
    or_literal,
    truth_test,
    late_override,
    rename_argument,
    alias_keys,
    swap_keys,
    swallow_by_kwargs,
)
