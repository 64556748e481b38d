"""The heap: records, sequences, objects and scopes by allocation, forked at branches and joined after them.

Every evaluation of an allocating expression makes a new object, so an update through a value with one reference is
strong; through several it is weak. A config subtree is an object too: its identity is its `Node`, it starts with no
explicit fields, and a field that nobody wrote reads as the config key below it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from .values import (
    ANY,
    BOTTOM,
    GUARDED,
    NO_TAGS,
    UNKNOWN,
    WHEN,
    Key,
    Literal,
    Node,
    Site,
    SymKey,
    Value,
    from_key,
    join,
)

SEQUENCES = frozenset({"list", "tuple", "set"})
MAX_ITEMS = 256
Keys = Collection[Key]
NO_KEYS: frozenset[Key] = frozenset()


class Obj:
    """One heap object.

    `kind` is dict, list, tuple, set, object (of class `cls`), scope or config; `fields` are its known entries (a
    sequence by index), `rest` what stands under keys that are not known, `base` the config subtree that it mirrors
    (`tags` say how the values were changed on the way), `excluded` the keys of that subtree that were taken out,
    `size` the length of a sequence when it is known, `born` the tests that held where it was made. `extra` belongs to
    the model that made the object.
    """

    __slots__ = (
        "base",
        "born",
        "cls",
        "excluded",
        "extra",
        "fields",
        "kind",
        "rest",
        "site",
        "size",
        "summary",
        "tags",
    )

    def __init__(self, kind: str, *, cls: Any = None, base: Node | None = None, site: Site | None = None) -> None:
        self.kind = kind
        self.cls = cls
        self.base = base
        self.site = site
        self.fields: dict[Any, Value] = {}
        self.rest: Value | None = None
        self.excluded: frozenset[Any] = frozenset()
        self.tags: frozenset[str] = NO_TAGS
        self.size: int | None = 0 if kind in SEQUENCES else None
        self.summary = False
        self.extra: Any = None
        self.born: tuple[str, ...] = ()

    def copy(self) -> Obj:
        out = Obj.__new__(Obj)
        out.kind, out.cls, out.base, out.site = self.kind, self.cls, self.base, self.site
        out.fields = self.fields.copy()
        out.rest, out.excluded, out.tags, out.size = self.rest, self.excluded, self.tags, self.size
        out.summary, out.extra, out.born = self.summary, self.extra, self.born
        return out

    def below(self, part: str | int) -> Value | None:
        """The field that the mirrored config subtree has under `part`, or None when there is no such subtree."""
        if self.base is None or part in self.excluded or not isinstance(part, str | int):
            return None
        child = self.base.child(part)
        value = from_key(Key(child.kind, child.path), child)
        return value.tagged(*self.tags) if self.tags else value

    def field(self, part: Any) -> Value | None:
        """What stands under a known key: None when this object certainly lacks it."""
        found = self.fields.get(part)
        if found is not None:
            return found
        below = self.below(part)
        if self.rest is not None:
            rest = self.rest if below is None else join(below, self.rest)
            return rest if below is not None else rest.of(absent=True)
        return below

    def key_site(self, part: Any) -> Site | None:
        """Where the key of a dict display was written."""
        return self.extra.get(part) if isinstance(self.extra, dict) and self.kind == "dict" else None

    def everything(self) -> Value:
        """The join of all that this object holds."""
        out = BOTTOM
        for value in self.fields.values():
            out = join(out, value)
        if self.rest is not None:
            out = join(out, self.rest)
        if self.base is not None:
            out = join(out, self.below(ANY) or BOTTOM)
        return out.present()

    def listed(self) -> list[Value]:
        """The known items of a sequence in order, then what the others may be."""
        known = [self.fields[i] for i in sorted(k for k in self.fields if isinstance(k, int))]
        return known if self.rest is None else [*known, self.rest]

    def items(self) -> Iterator[tuple[Value, Value]]:
        """Known (key, value) pairs, then one symbolic pair for what is open."""
        for part, value in self.fields.items():
            yield Value(literals=(Literal(part, self.key_site(part)),)), value
        if self.base is not None:
            yield Value(refs=(SymKey(self.base),), anything=True), self.below(ANY) or UNKNOWN
        if self.rest is not None:
            yield UNKNOWN, self.rest


def join_objects(a: Obj, b: Obj, test: str | None, same: Keys = NO_KEYS, truthy: Keys = NO_KEYS) -> Obj:
    out = a.copy()
    for part, left in a.fields.items():
        right = b.fields.get(part) or b.below(part)
        if left is not right:
            out.fields[part] = _join_fields(left, right, test, same, truthy)
    for part, right in b.fields.items():
        if part not in a.fields:
            out.fields[part] = _join_fields(a.below(part), right, test, same, truthy)
    out.rest = a.rest if b.rest is None else b.rest if a.rest is None else join(a.rest, b.rest)
    out.excluded = a.excluded & b.excluded
    if out.base is None:
        out.base, out.tags = b.base, b.tags
    out.size = a.size if a.size == b.size else None
    out.summary = a.summary or b.summary
    if isinstance(a.extra, dict) and isinstance(b.extra, dict):
        out.extra = {**b.extra, **a.extra}
    elif out.extra is None:
        out.extra = b.extra
    return out


def _join_fields(left: Value | None, right: Value | None, test: str | None, same: Keys, truthy: Keys) -> Value:
    """What stands under a key after a branch; None is a side that lacks it."""
    if left is None or right is None:
        one, side = (right, False) if left is None else (left, True)
        assert one is not None
        return _conditional(one, test, side, same, truthy).of(absent=True)
    return join_paths(left, right, test, same, truthy)


def _conditional(value: Value, test: str | None, holds: bool, same: Keys, truthy: Keys) -> Value:
    """`value` as it comes out of one side of a branch: its origins remember the test, unless it asks for themselves."""
    if test is None or not value.origins:
        return value
    text = f"{WHEN}{test}" if holds else f"{WHEN}not ({test})"
    origins = {
        key: tags | {GUARDED} if key in truthy else tags if key in same else tags | {text}
        for key, tags in value.origins.items()
    }
    return value.of(origins=origins)


def join_paths(a: Value, b: Value, test: str | None, same: Keys = NO_KEYS, truthy: Keys = NO_KEYS) -> Value:
    """Join after a branch on `test`: an origin that came by one side only remembers the condition.

    `same` are the keys that the test asks for; of those, `truthy` are asked for their truth alone.
    """
    if a is b:
        return a
    if test is not None and a.origins.keys() != b.origins.keys():
        a, b = _one_sided(a, b, test, True, same, truthy), _one_sided(b, a, test, False, same, truthy)
    return join(a, b)


def _one_sided(value: Value, other: Value, test: str, holds: bool, same: Keys, truthy: Keys) -> Value:
    mine = {k: t for k, t in value.origins.items() if k not in other.origins}
    if not mine:
        return value
    marked = _conditional(value.of(origins=mine), test, holds, same, truthy)
    return value.of(origins={**value.origins, **marked.origins})
