"""Abstract values: where a value comes from, what it may be, what it points to, and whether its trail was lost.

A value is ⟨origins, literals, references, anything, absent, lost⟩, joined pointwise. Origins name config keys and carry
tags that say what happened on the way; literals are a small set of constants with the place where each was written;
references point into the heap or to code. `anything` says that values beyond these are possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

MAX_LITERALS = 96
MAX_REFS = 24
MAX_ORIGINS = 128
ANY = "*"
"""A path segment that stands for a key that is not known, as in iterating over a whole config."""

# Tags of an origin. "when:…" must hold on every path to survive a join; the others accumulate.
CAST, ARITH, TEXT, LOOKUP, FALSY, GUARDED, COMPARED, TYPED, OPAQUE, LOADED, PRESENCE, PART, MINGLED = (
    "cast", "arith", "text", "lookup", "or", "truthy", "compared", "typed", "opaque", "loaded", "presence", "part",
    "mingled",
)  # fmt: skip
WHEN = "when:"

Path = tuple[str | int, ...]


class Site(NamedTuple):
    """A span in a file: 1-based lines and columns in code points, the end exclusive; `file` as the project names it."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


class Key(NamedTuple):
    """What a value is traced back to.

    `kind` is "config" (a loaded file), "option" (argparse, typer, click, fire), "field" (dataclass, pydantic),
    "parameter" (of the entry function), "env" or "constant"; `path` is the way down from the root of its source.
    """

    kind: str
    path: Path

    @property
    def name(self) -> str:
        """The key as DESIGN writes it: dotted path, list items in brackets, `env:NAME`."""
        text = ""
        for part in self.path:
            if isinstance(part, int):
                text += f"[{part}]"
            else:
                text += f".{part}" if text else part
        return f"env:{text}" if self.kind == "env" else text

    def child(self, part: str | int) -> Key:
        return Key(self.kind, (*self.path, part))

    @property
    def wild(self) -> bool:
        return ANY in self.path


class Literal(NamedTuple):
    """A constant and the place where it was written (None for one that was computed)."""

    value: Any
    site: Site | None = None

    @property
    def identity(self) -> tuple[type, Any]:
        return (type(self.value), self.value)


class Lost(NamedTuple):
    """Where a trail ended, and why."""

    site: Site
    reason: str


class ObjRef(NamedTuple):
    """Points to a heap object: an allocation number or a `Node`."""

    oid: Any


class Node(NamedTuple):
    """Identity of a config subtree: `source` numbers the load, `copy` tells deep copies apart."""

    kind: str
    source: int
    copy: int
    path: Path

    def child(self, part: str | int) -> Node:
        return Node(self.kind, self.source, self.copy, (*self.path, part))

    @property
    def key(self) -> Key:
        return Key(self.kind, self.path)


class SymKey(NamedTuple):
    """The unknown key of one step of an iteration over `node`; its value is the child `*` of that node."""

    node: Node


class ExtRef(NamedTuple):
    """A symbol of a library by import path; `instance` marks the result of calling it ("gliner.GLiNER" → a model)."""

    path: str
    instance: bool = False


class BuiltinRef(NamedTuple):
    """A builtin function or type."""

    name: str


class ModuleRef(NamedTuple):
    """A module of the audited project, or a library module that is read as source."""

    name: str


class ImportedRef(NamedTuple):
    """A name that `from module import name` bound: looked up when it is used, so that only what is reached is read."""

    module: str
    name: str


class MethodRef(NamedTuple):
    """A method of a receiver that the models know (containers, strings, config trees, parsers)."""

    receiver: Any
    name: str


class BoundRef(NamedTuple):
    """A function bound to its first argument."""

    function: Any
    receiver: Any


class PartialRef(NamedTuple):
    """functools.partial; the arguments stand in the heap object `oid` (positional by number, keywords by name)."""

    function: Any
    oid: int


class MakerRef(NamedTuple):
    """A callable that a library call made: operator.itemgetter("a") and its kin."""

    name: str
    arguments: Any


Ref = Any  # one of the classes above, or FunctionRef / ClassRef of code.py

NOTHING: Mapping[Key, frozenset[str]] = {}
NO_TAGS: frozenset[str] = frozenset()


class Value:
    """One abstract value. Immutable by convention; build new ones with the functions below."""

    __slots__ = ("absent", "anything", "literals", "lost", "origins", "refs")

    def __init__(
        self,
        origins: Mapping[Key, frozenset[str]] = NOTHING,
        literals: tuple[Literal, ...] = (),
        refs: tuple[Ref, ...] = (),
        anything: bool = False,
        absent: bool = False,
        lost: tuple[Lost, ...] = (),
    ) -> None:
        self.origins = origins
        self.literals = literals
        self.refs = refs
        self.anything = anything
        self.absent = absent
        self.lost = lost

    def __repr__(self) -> str:
        parts = [f"{k.name}{sorted(t) if t else ''}" for k, t in self.origins.items()]
        parts += [repr(x.value) for x in self.literals] + [str(r) for r in self.refs]
        return f"<{' | '.join(parts)}{' ?' if self.anything else ''}{' absent' if self.absent else ''}>"

    @property
    def known(self) -> bool:
        """Only literals: nothing comes from a key, nothing else is possible."""
        return not (self.origins or self.refs or self.anything or self.lost) and bool(self.literals)

    @property
    def only(self) -> Literal | None:
        """The one constant that this value is, however it came about; None when it may be something else."""
        if len(self.literals) == 1 and not (self.refs or self.anything or self.absent or self.lost):
            return self.literals[0]
        return None

    @property
    def reach(self) -> bool:
        """Does anything of a config travel in it (beyond the heap)?"""
        return bool(self.origins) or any(isinstance(r, ObjRef) and isinstance(r.oid, Node) for r in self.refs)

    def nodes(self) -> list[Node]:
        return [r.oid for r in self.refs if isinstance(r, ObjRef) and isinstance(r.oid, Node)]

    def objects(self) -> list[Any]:
        return [r.oid for r in self.refs if isinstance(r, ObjRef)]

    def straight(self) -> list[Key]:
        """The keys whose own value it may be: nothing that is not followed made it of them."""
        return [key for key, tags in self.origins.items() if OPAQUE not in tags]

    def of(self, **changes: Any) -> Value:
        """A copy with some parts replaced."""
        out = Value(self.origins, self.literals, self.refs, self.anything, self.absent, self.lost)
        for name, part in changes.items():
            setattr(out, name, part)
        return out

    def present(self) -> Value:
        return self.of(absent=False) if self.absent else self

    def tagged(self, *tags: str) -> Value:
        """The same value with tags on every origin."""
        if not self.origins:
            return self
        extra = frozenset(tags)
        return self.of(origins={key: old | extra for key, old in self.origins.items()})

    def signature(self) -> tuple[Any, ...]:
        """Hashable summary for memo tables."""
        return (
            frozenset(self.origins.items()),
            tuple(x.identity for x in self.literals),
            self.refs,
            self.anything,
            self.absent,
            self.lost,
        )

    def shape(self) -> tuple[Any, ...]:
        """What it comes from and what it may be, whatever was done to it on the way."""
        return frozenset(self.origins), tuple(x.identity for x in self.literals), self.refs


BOTTOM = Value()
UNKNOWN = Value(anything=True)
ABSENT = Value(absent=True)


def literal(value: Any, site: Site | None = None) -> Value:
    return Value(literals=(Literal(value, site),))


def ref(target: Ref) -> Value:
    return Value(refs=(target,))


def external(path: str, instance: bool = False) -> Value:
    return Value(refs=(ExtRef(path, instance),), anything=instance)


def from_key(key: Key, node: Node | None = None) -> Value:
    """The value of a config key: anything, and possibly a subtree."""
    return Value({key: NO_TAGS}, refs=(ObjRef(node),) if node is not None else (), anything=True)


def merge_tags(a: frozenset[str], b: frozenset[str]) -> frozenset[str]:
    """Tags of one origin over two paths: conditions survive only if both paths have them."""
    if a == b:
        return a
    return frozenset(t for t in a | b if not t.startswith(WHEN) or (t in a and t in b))


def join_origins(a: Mapping[Key, frozenset[str]], b: Mapping[Key, frozenset[str]]) -> Mapping[Key, frozenset[str]]:
    if not a or a is b:
        return b
    if not b:
        return a
    out = dict(a)
    for key, tags in b.items():
        out[key] = merge_tags(out[key], tags) if key in out else tags
    return out


def join(a: Value, b: Value) -> Value:
    """Least upper bound; past the caps the value says so instead of dropping what it held."""
    if a is b or b is BOTTOM:
        return a
    if a is BOTTOM:
        return b
    literals = a.literals
    if not literals:
        literals = b.literals
    elif b.literals and literals is not b.literals:
        seen = {x.identity for x in literals}
        literals = literals + tuple(x for x in b.literals if x.identity not in seen)
    refs = a.refs if not b.refs else a.refs + tuple(r for r in b.refs if r not in a.refs)
    anything = a.anything or b.anything
    lost = a.lost if not b.lost else tuple(dict.fromkeys(a.lost + b.lost))
    if len(literals) > MAX_LITERALS:
        literals, anything = (), True
    if len(refs) > MAX_REFS:
        refs, anything = refs[:MAX_REFS], True
    return Value(join_origins(a.origins, b.origins), literals, refs, anything, a.absent or b.absent, lost)


def join_all(values: Iterable[Value]) -> Value:
    out = BOTTOM
    for value in values:
        out = join(out, value)
    return out


def derived(values: Iterable[Value], *tags: str) -> Value:
    """What an operation makes of its operands: their origins with tags, any result."""
    origins: Mapping[Key, frozenset[str]] = NOTHING
    lost: tuple[Lost, ...] = ()
    extra = frozenset(tags)
    for value in values:
        if value.origins:
            origins = join_origins(origins, {k: t | extra for k, t in value.origins.items()})
        if value.lost:
            lost = tuple(dict.fromkeys(lost + value.lost))
    if len(origins) > MAX_ORIGINS:
        origins = dict(list(origins.items())[:MAX_ORIGINS])
    return Value(origins, anything=True, lost=lost)


def substitute(value: Value, node: Node, part: str) -> Value:
    """`value` with the wildcard child of `node` read as its child `part`: what a test on the key's name tells."""
    depth = len(node.path)

    def path(old: Path) -> Path:
        if len(old) > depth and old[depth] == ANY and old[:depth] == node.path:
            return (*old[:depth], part, *old[depth + 1 :])
        return old

    changed = False
    origins: dict[Key, frozenset[str]] = {}
    for key, tags in value.origins.items():
        new = Key(key.kind, path(key.path)) if key.kind == node.kind else key
        changed = changed or (new is not key and new != key)
        origins[new] = tags
    refs = []
    literals = value.literals
    for target in value.refs:
        if isinstance(target, SymKey) and target.node == node:
            literals = (*literals, Literal(part))
            changed = True
            continue
        if isinstance(target, ObjRef) and isinstance(target.oid, Node) and target.oid.source == node.source:
            new_path = path(target.oid.path)
            if new_path != target.oid.path:
                target, changed = ObjRef(target.oid._replace(path=new_path)), True
        refs.append(target)
    if not changed:
        return value
    anything = value.anything and not (literals and not refs and not origins)
    return Value(origins, literals, tuple(refs), anything, value.absent, value.lost)
