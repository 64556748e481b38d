"""The abstract interpreter's state and its small services; what each construct means lives in the modules it calls."""

from __future__ import annotations

import ast
import functools
import itertools
import math
import time
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from . import events, reach
from .guards import Guard, Guarded
from .heap import Obj
from .state import State
from .values import ABSENT, ANY, UNKNOWN, Key, Lost, Node, ObjRef, Path, Site, Value, from_key, join

if TYPE_CHECKING:
    from .calls import Arguments
    from .code import ClassInfo, Function
    from .operators import Test
    from .project import Module, Project
    from .surfaces import Surfaces

MAX_STEPS = 40_000
_LOOKS = 256
"""So many steps between two looks at the clock."""
MAX_DEPTH = 40
MAX_RECURSION = 8


class Exhausted(Exception):
    """The budget of one entry is spent: what was seen stands, nothing can be denied."""


class Suspended(Exception):
    """A context manager reached its `yield`: the body of the `with` runs from this state."""

    def __init__(self, value: Value) -> None:
        super().__init__()
        self.value = value


class Constant(NamedTuple):
    """A key that is written in the code itself: its value, where, and the module, class or dict that holds it."""

    value: Any
    site: Site
    group: str


class Shape(NamedTuple):
    """What a given config has at one path: "dict", "list" or "leaf", and its keys."""

    kind: str
    children: tuple[Any, ...]


class Frame:
    """One activation of a function or a module body."""

    __slots__ = (
        "arguments",
        "captured",
        "cls",
        "context",
        "function",
        "library",
        "loops",
        "module",
        "name",
        "returns",
        "scope",
        "yields",
    )

    def __init__(self, module: Module, scope: int, name: str, function: Function | None = None) -> None:
        self.module = module
        self.scope = scope
        self.name = name
        self.function = function
        self.cls: ClassInfo | None = None
        self.arguments: Arguments | None = None
        self.library = module.library
        self.returns: list[tuple[Value, State]] = []
        self.yields: int | None = None
        self.loops: list[tuple[list[State], list[State]]] = []
        self.captured = False
        self.context = False


class Machine:
    """Interprets one entry of one script; `log` is its outcome."""

    def __init__(
        self,
        project: Project,
        surfaces: Surfaces,
        shapes: Mapping[Path, Shape] | None = None,
        max_steps: int = MAX_STEPS,
        until: float = math.inf,
    ) -> None:
        self.project = project
        self.surfaces = surfaces
        self.shapes = dict(shapes or {})
        self.shaped = False
        self.state = State()
        self.log = events.Log()
        self.frames: list[Frame] = []
        self.guards: list[Guard] = []
        self.checking = 0
        self.trying = 0
        self.through: list[str] = []
        self.quiet = 0
        self.touched = 0
        self.memo: dict[Any, Value] = {}
        self.module_scopes: dict[str, int] = {}
        self.main_name = "__main__"
        self.tests: list[Test] = []
        self.presences: list[tuple[Any, Any, bool]] = []
        self.layers: dict[str, Any] = {}
        self.constants: dict[Key, Constant] = {}
        self.click_options: dict[int, list[str]] = {}
        self.option_defaults: dict[Key, Any] = {}
        self.outer_names: dict[int, dict[str, str]] = {}
        self.named_keys: dict[Node, frozenset[Any]] = {}
        self.registered: list[tuple[str, Any]] = []
        self.opened: set[Any] = set()
        self.max_steps = max_steps
        self.until = until
        self.steps = 0
        self.exhausted = False
        self._numbers = itertools.count(1)
        self._sources = itertools.count(1)
        self._root_sites: dict[Any, int] = {}
        from . import access, callees, calls, expressions, statements

        self.eval: Callable[[ast.expr, Frame], Value] = functools.partial(expressions.evaluate, self)
        self.block: Callable[[list[ast.stmt], Frame], bool] = functools.partial(statements.block, self)
        self.callees: Mapping[type, callees.Model] = callees.MODELS
        self._call = calls.call
        self._access = access

    # -- places and scopes -------------------------------------------------------------------------------------

    @property
    def frame(self) -> Frame:
        return self.frames[-1]

    def site(self, node: ast.AST) -> Site:
        return self.frame.module.site(node)

    @property
    def in_library(self) -> bool:
        return self.frame.library

    @property
    def inside_surface(self) -> bool:
        """In the body of a surface that the script called: what becomes of a value there is the library's affair."""
        return self.frame.library and bool(self.through)

    def tick(self) -> None:
        self.steps += 1
        if self.steps > self.max_steps or (not self.steps % _LOOKS and self.late()):
            raise Exhausted

    def late(self) -> bool:
        """Whether the time for the script is up: `until` is a reading of time.perf_counter, in seconds."""
        return time.perf_counter() > self.until

    # -- allocation --------------------------------------------------------------------------------------------

    def new(self, obj: Obj) -> Value:
        """Allocates; the value points to it alone."""
        number = next(self._numbers)
        obj.born = tuple(g.text for g in self.guards)
        self.state.put(number, obj)
        return Value(refs=(ObjRef(number),))

    def new_scope(self, parent: int | None) -> int:
        number = next(self._numbers)
        scope = Obj("scope")
        scope.extra = parent
        self.state.put(number, scope)
        return number

    def sequence(self, kind: str, values: Iterable[Value], site: Site | None = None) -> Value:
        obj = Obj(kind, site=site)
        obj.fields = dict(enumerate(values))
        obj.size = len(obj.fields)
        return self.new(obj)

    def record(self, entries: dict[Any, Value], kind: str = "dict", site: Site | None = None) -> Value:
        obj = Obj(kind, site=site)
        obj.fields = dict(entries)
        return self.new(obj)

    def objects(self, value: Value) -> list[tuple[Any, Obj]]:
        """The heap objects that a value may be."""
        return [(r.oid, self.state.get(r.oid)) for r in value.refs if isinstance(r, ObjRef)]

    def source(self, kind: str, site: Site, what: str, path: str | None, prefix: tuple[str | int, ...] = ()) -> Value:
        """A config that comes in here: the value of its root."""
        known = self._root_sites.get((kind, site, path))
        if known is None:
            known = self._root_sites[(kind, site, path)] = next(self._sources)
            self.log.sources.append(events.Source(kind, site, what, path, known))
        node = Node(kind, known, 0, prefix)
        return from_key(node.key, node)

    def constant(self, key: Key, value: Value, group: str, site: Site) -> Value:
        """`value` (constants only) as the value of a key that stands in the code; it stays known."""
        if not self.in_library:
            self.constants[key] = Constant(value.literals[0].value, site, group)
        return Value({key: frozenset()}, value.literals)

    def number(self) -> int:
        return next(self._numbers)

    # -- what the modules do -----------------------------------------------------------------------------------

    def call(self, callee: Value, arguments: Arguments, node: ast.AST, frame: Frame) -> Value:
        return self._call(self, callee, arguments, node, frame)

    def get_item(self, container: Value, index: Value, node: ast.AST) -> Value:
        return self._access.get_item(self, container, index, node)

    def get_attr(self, owner: Value, name: str, node: ast.AST) -> Value:
        return self._access.get_attr(self, owner, name, node)

    # -- observation -------------------------------------------------------------------------------------------

    def observe(self, record: Any) -> None:
        if not self.quiet:
            self.log.add(record)

    def read(self, key: Key, site: Site, guarded: bool = False, source: int = 0, lacking: bool = False) -> None:
        guarded = guarded or bool(self.trying) or any(key in g.asked for g in self.guards)
        if not key.wild and key.path and not self.inside_surface:
            self.observe(events.Read(key, site, guarded, source, lacking))

    def shape(self, node: Node) -> Shape | None:
        """What the given configs have at a node of a loaded file; None when they do not say."""
        found = self.shapes.get(node.path) if node.kind == "config" else None
        self.shaped |= found is not None
        return found

    def lacks(self, node: Node, part: Any) -> bool:
        """Whether the given configs say that a section has no such key."""
        shape = self.shape(node)
        return shape is not None and shape.kind == "dict" and part not in shape.children

    def use(self, value: Value, category: str, what: str, node: ast.AST) -> None:
        """The keys in `value` (not those in containers) are used here. In a checking function a use is a check."""
        if self.inside_surface or not value.origins:
            return
        site = self.site(node)
        for key in value.origins:
            if key.wild and category not in events.WEAK_USES:
                self.escape_key(key, f"{what}, under a key that is not known", site)
            if not key.path or key.wild:
                continue
            if self.checking and category not in events.WEAK_USES:
                self.observe(events.Check(key, site, "custom", "records an error", self.frame.name))
            else:
                self.observe(events.Use(key, site, category, what))

    def escape_key(self, key: Key, reason: str, site: Site, whole: bool = False) -> None:
        """Nothing can be denied of the keys that a wildcard stands for."""
        path = key.path[: key.path.index(ANY)] if key.wild else key.path
        self.observe(events.Escape(key.kind, path, site, reason, whole))

    def escape(self, value: Value, reason: str, node: ast.AST, deep: bool = True) -> None:
        """Config subtrees in `value` went where they cannot be followed."""
        self.opened.update(oid for oid, _ in reach.reached(self.state, value))
        if self.quiet:
            return
        site = self.site(node)
        for held in self.held(value) if deep else value.nodes():
            self.observe(events.Escape(held.kind, held.path, site, reason))

    def gate(self, node: ast.AST, reason: str) -> None:
        loading_library = any(f.library and f.name == "<module>" for f in self.frames)
        if not self.quiet and not loading_library:
            self.log.add(events.Gate(self.site(node), reason))

    def lose(self, value: Value, reason: str, node: ast.AST) -> Value:
        """The result of a construct that is not modelled."""
        self.escape(value, reason, node)
        if value.reach:
            return Value(value.origins, anything=True, lost=(*value.lost, Lost(self.site(node), reason)))
        return UNKNOWN

    def held(self, value: Value) -> list[Node]:
        """Config subtrees that `value` points to, directly or through containers."""
        return reach.held(self.state, value)

    def content(self, value: Value) -> Value:
        """`value` joined with all that it contains: the origins that travel with a container."""
        return reach.content(self.state, value)

    # -- scopes ------------------------------------------------------------------------------------------------

    def lookup(self, name: str, scope: int) -> Value | None:
        """A variable by lexical scope; None when no scope of the code knows it."""
        current: int | None = scope
        found: Value | None = None
        while current is not None:
            obj = self.state.get(current)
            here = obj.fields.get(name)
            if here is not None:
                found = here.present() if found is None else join(found, here)
                if not here.absent:
                    return found
            elif obj.rest is not None and found is None:
                found = obj.rest
            current = obj.extra
        return found

    def bind(self, name: str, value: Value, scope: int) -> None:
        self.state.edit(scope).fields[name] = value

    def scope_of(self, name: str, frame: Frame) -> int | None:
        """The scope that `global` or `nonlocal` sends an assignment to."""
        names = self.outer_names.get(frame.scope)
        kind = names.get(name) if names is not None else None
        if kind is None:
            return None
        current: int | None = self.state.get(frame.scope).extra
        while current is not None:
            obj = self.state.get(current)
            if obj.extra is None or (kind == "nonlocal" and name in obj.fields):
                return current
            current = obj.extra
        return None

    def unbind(self, name: str, scope: int) -> None:
        self.state.edit(scope).fields[name] = ABSENT

    def guarded(self, text: str, test: Value) -> Guarded:
        """Inside, `test` (written `text`) holds."""
        guarded = Guarded(self.guards)
        self.push_guard(text, test)
        return guarded

    def push_guard(self, text: str, test: Value) -> None:
        keys = frozenset(k for k in test.origins if k.path and not k.wild)
        origins = {k: t for k, t in test.origins.items() if k in keys}
        self.guards.append(Guard(text, keys, len(self.frames), origins, keys))

    def passed(self, text: str, test: Value) -> None:
        """The other way ended: from here to the end of the block the test holds, though nothing hangs on it."""
        self.guards.append(Guard(text, frozenset(), len(self.frames), {}, frozenset(test.origins)))

    def truthy_keys(self, test: ast.expr, value: Value) -> frozenset[Key]:
        """Keys that a test asks for their truth alone (`if lr:`), where 0, False and "" fall through."""
        parts = test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) else [test]
        plain = (ast.Name, ast.Attribute, ast.Subscript, ast.Call)
        if not any(isinstance(p, plain) for p in parts):
            return frozenset()
        return frozenset(k for k, tags in value.origins.items() if not tags & {"compared", "typed", "presence", "text"})

    def condition(self) -> str | None:
        """The tests on config keys that hold here, as one text."""
        texts = list(dict.fromkeys(g.text for g in self.guards if g.keys))
        return " and ".join(texts[-3:]) or None


__all__ = ["ANY", "Exhausted", "Frame", "Guard", "Machine"]
