"""The heap at one point of the program: layers of what was written, shared by the ways that parted after them.

A fork costs nothing that grows with the heap: what was written so far becomes a layer that both ways see and none
changes, and each goes on with an empty one. A join looks only at what either way wrote since they parted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .heap import NO_KEYS, Keys, Obj, join_objects
from .values import Node

Layer = dict[Any, Obj | None]


class State:
    """A heap at one point of the program. Forks share objects; the first write after a fork copies the object.

    `own` holds what this way wrote since it was forked, `layers` what was written before, the newest first (None for
    an object that is gone). `base` holds what modules made when they were loaded: every state sees it, none writes to
    it. `untouched` keeps the config subtrees that nobody wrote to, for all states that share the base.
    """

    __slots__ = ("base", "layers", "own", "untouched")

    def __init__(self, base: dict[Any, Obj] | None = None, untouched: dict[Any, Obj] | None = None) -> None:
        self.own: Layer = {}
        self.layers: tuple[Layer, ...] = ()
        self.base: dict[Any, Obj] = {} if base is None else base
        self.untouched: dict[Any, Obj] = {} if untouched is None else untouched

    def beside(self) -> State:
        """An empty state over the same base."""
        return State(self.base, self.untouched)

    def fork(self) -> State:
        """A second way that begins here."""
        self.settle()
        out = State(self.base, self.untouched)
        out.layers = self.layers
        return out

    def settle(self) -> None:
        """What was written so far is not written to again: the next write copies.

        A layer at least half as large as the one below is laid into it, so that a look-up meets few.
        """
        if not self.own:
            return
        top, layers = self.own, self.layers
        while layers and 2 * len(top) >= len(layers[0]):
            top = {**layers[0], **top}
            layers = layers[1:]
        self.layers = (top, *layers)
        self.own = {}

    def peek(self, oid: Any) -> Obj | None:
        """The object as it was written last; None for a config subtree that nobody wrote to."""
        own = self.own
        if oid in own:
            return own[oid]
        for layer in self.layers:
            if oid in layer:
                return layer[oid]
        return self.base.get(oid)

    def get(self, oid: Any) -> Obj:
        """The object behind an identity."""
        found = self.own.get(oid)
        if found is not None:
            return found
        for layer in self.layers:
            found = layer.get(oid)
            if found is not None:
                return found
        return self.first(oid)

    def first(self, oid: Any) -> Obj:
        """What an identity stands for before anybody wrote to it."""
        found = self.base.get(oid) or self.untouched.get(oid)
        if found is None:
            found = Obj("config", base=oid) if isinstance(oid, Node) else Obj("object")
            self.untouched[oid] = found
        return found

    def edit(self, oid: Any) -> Obj:
        """The object, safe to write to."""
        found = self.own.get(oid)
        if found is None:
            found = self.own[oid] = self.get(oid).copy()
        return found

    def put(self, oid: Any, obj: Obj) -> None:
        """A new object."""
        self.own[oid] = obj

    def drop(self, oid: Any) -> None:
        """Nothing refers to the object any more."""
        self.own[oid] = None
        if not any(oid in layer for layer in self.layers):
            del self.own[oid]

    def publish(self) -> None:
        """What was written here becomes part of the base."""
        for layer in (*reversed(self.layers), self.own):
            for oid, obj in layer.items():
                if obj is not None:
                    self.base[oid] = obj

    def written(self) -> Iterator[tuple[Any, Obj]]:
        """Every object that the script made or wrote to."""
        seen: set[Any] = set()
        layers: list[Mapping[Any, Obj | None]] = [self.own, *self.layers, self.base]
        for layer in layers:
            for oid, obj in layer.items():
                if oid not in seen:
                    seen.add(oid)
                    if obj is not None:
                        yield oid, obj


def join_states(
    a: State | None, b: State | None, test: str | None = None, same: Keys = NO_KEYS, truthy: Keys = NO_KEYS
) -> State | None:
    """The state after two ways meet; None is a way that ended (return, raise, break)."""
    if a is None or a is b:
        return b
    if b is None:
        return a
    a.settle()
    b.settle()
    shared = _shared(a.layers, b.layers)
    mine, others = a.layers[: len(a.layers) - shared], b.layers[: len(b.layers) - shared]
    out = State(a.base, a.untouched)
    out.layers = a.layers[len(a.layers) - shared :]
    for oid in dict.fromkeys(oid for layer in (*reversed(mine), *reversed(others)) for oid in layer):
        one, other = a.peek(oid), b.peek(oid)
        if one is other and one is not None:
            found = one
        elif one is other:
            if not any(oid in layer for layer in out.layers):
                continue
            found = None
        elif (one is None or other is None) and not isinstance(oid, Node):
            found = one or other
        else:
            found = join_objects(one or a.first(oid), other or b.first(oid), test, same, truthy)
        out.own[oid] = found
    out.settle()
    return out


def _shared(a: tuple[Layer, ...], b: tuple[Layer, ...]) -> int:
    """How many of the oldest layers two states share."""
    count = 0
    for one, other in zip(reversed(a), reversed(b), strict=False):
        if one is not other:
            break
        count += 1
    return count
