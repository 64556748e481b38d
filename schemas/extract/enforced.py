"""What the code around a surface enforces: enum coercions, simple raise conditions, tables, and what it deprecates."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping

from ..surface import MISSING, Parameter, Surface
from ..types import BUILTIN, Schema, one_of_values, union
from .conditions import Demand, apply, is_none, not_none, or_null, parameter_of, surviving
from .constants import NotConstant, enum_members, table_keys
from .declared import inherited_parameter
from .elsewhere import choices_elsewhere, demands_elsewhere, taken_elsewhere
from .registry import Place
from .source import Found, Library, Module, linearise, method

_DEPRECATED_HELP = re.compile(r"(this (argument|parameter) is )?deprecated\b", re.IGNORECASE)
_SUBJECT = re.compile(r"`(?:--)?(\w+)`(?: and `[^`]*`)? (?:is|are) deprecated|deprecated `(?:--)?(\w+)`", re.IGNORECASE)
_WARNERS = frozenset({"warn", "warning", "warning_once", "warn_once"})


def enforce(surface: Surface, found: Found, place: Place, library: Library) -> Surface:
    """`surface` with the demands of its code in the schemas, the values that it knows, and its deprecations."""
    rows = dict(surface.parameters)
    demands: list[Demand] = []
    taken: dict[str, list[Schema]] = {}
    if isinstance(found.node, ast.ClassDef):
        names = frozenset(rows) | _inherited_names(found, place)
        for function, module in checking(found, place):
            scan = Scan(names, module)
            scan.body(function.body, ())
            demands += scan.demands
            for name, schemas in scan.taken.items():
                taken.setdefault(name, []).extend(schemas)
        demands += list(_tables(found, names))
    demands += demands_elsewhere(place, library, rows)
    for name, schema in taken_elsewhere(place, library, rows).items():
        taken.setdefault(name, []).append(schema)
    for name, schemas in taken.items():
        if name in rows and rows[name].schema:
            rows[name] = rows[name]._replace(schema=union([dict(rows[name].schema), *schemas]))
    for demand in demands:
        row = rows.get(demand.name) or (inherited_parameter(found, demand.name) if place.kind == "class" else None)
        if row is not None and row.forced is MISSING:
            rows[demand.name] = _demanded(row, demand)
    for name, (choices, source) in choices_elsewhere(place, library, rows).items():
        rows[name] = rows[name]._replace(choices=choices, choices_source=source)
    return surface._replace(parameters=_deprecated(rows, found))


def _demanded(row: Parameter, demand: Demand) -> Parameter:
    schema = apply(row.schema, demand.schema, row.default)
    finite = "enum" in schema
    return row._replace(
        schema=schema,
        choices=() if finite else row.choices,
        choices_source="" if finite else row.choices_source,
        enforced_at=", ".join(dict.fromkeys(place for place in (*row.enforced_at.split(", "), demand.source) if place)),
    )


def checking(found: Found, place: Place) -> Iterator[tuple[ast.FunctionDef, Module]]:
    """What runs when an instance is built: `__post_init__` or `__init__`, and the methods that they call on self."""
    entry = "__post_init__" if place.kind == "dataclass" else "__init__"
    chain = linearise(found) if place.kind == "dataclass" else [found]
    pending, seen = [entry], set()
    while pending:
        name = pending.pop(0)
        seen.add(name)
        for link in chain:
            assert isinstance(link.node, ast.ClassDef)
            function = method(link.node, name)
            if function is None:
                continue
            yield function, link.module
            called = [ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)]
            pending += [text[5:] for text in called if text.startswith("self.") and text[5:] not in {*seen, *pending}]
            if f"super().{name}" not in called:
                break


class Scan:
    """One pass over a checking function: raises, coercions, and types that the code plainly handles.

    A parameter that has been replaced before a test is left alone from there on.
    """

    def __init__(self, names: Iterable[str], module: Module) -> None:
        self.names = frozenset(names)
        self.module = module
        self.demands: list[Demand] = []
        self.taken: dict[str, list[Schema]] = {}
        self._replaced: set[str] = set()

    def body(self, statements: list[ast.stmt], guards: tuple[ast.expr, ...]) -> None:
        """Read statements that run under `guards`."""
        for statement in statements:
            if isinstance(statement, ast.If):
                self._if(statement, guards)
            elif isinstance(statement, ast.Assign):
                self._assign(statement, guards)

    def _if(self, statement: ast.If, guards: tuple[ast.expr, ...]) -> None:
        raises = _raises(statement.body)
        if raises:
            self._refused(statement.test, guards)
        else:
            self._handled(statement.test)
        before = set(self._replaced)
        self.body(statement.body, (*guards, statement.test))
        after, self._replaced = self._replaced, before
        opposite = ast.UnaryOp(op=ast.Not(), operand=statement.test)
        self.body(statement.orelse, guards if raises else (*guards, opposite))
        self._replaced |= after

    def _refused(self, test: ast.expr, guards: tuple[ast.expr, ...]) -> None:
        demand = surviving(test, self.names - self._replaced, self.module)
        if demand is not None and all(self._harmless(guard, demand.name) for guard in guards):
            self.demands.append(demand._replace(schema=or_null(demand.schema)) if guards else demand)

    def _harmless(self, guard: ast.expr, name: str) -> bool:
        """Whether a guard only leaves out null, which then stays allowed."""
        if isinstance(guard, ast.UnaryOp) and isinstance(guard.op, ast.Not):
            return is_none(guard.operand, self.names) == name
        return not_none(guard, self.names) == name

    def _assign(self, statement: ast.Assign, guards: tuple[ast.expr, ...]) -> None:
        for target in statement.targets:
            name = parameter_of(target, self.names)
            if name is None:
                continue
            value = statement.value
            match value:
                case ast.Call(args=[argument]) if not guards and parameter_of(argument, self.names) == name:
                    self._coerced(name, value)
            filled_in = bool(guards) and is_none(guards[-1], self.names) == name
            if parameter_of(value, self.names) != name and not filled_in:
                self._replaced.add(name)

    def _coerced(self, name: str, call: ast.Call) -> None:
        found = self.module.find(ast.unparse(call.func))
        members = enum_members(found) if found is not None else None
        if members:
            self.demands.append(Demand(name, one_of_values(members.values()), self.module.at(call)))

    def _handled(self, test: ast.expr) -> None:
        parts = test.values if isinstance(test, ast.BoolOp) else [test]
        for part in parts:
            names = self.names - self._replaced
            name = is_none(part, names)
            if name is not None:
                self.taken.setdefault(name, []).append({"type": "null"})
            match part:
                case ast.Call(func=ast.Name(id="isinstance"), args=[value, ast.Name(id=kind)]) if kind in BUILTIN:
                    owner = parameter_of(value, names)
                    if owner is not None:
                        self.taken.setdefault(owner, []).append(dict(BUILTIN[kind]))


def _raises(body: list[ast.stmt]) -> bool:
    return any(isinstance(statement, ast.Raise) for statement in body)


def _inherited_names(found: Found, place: Place) -> frozenset[str]:
    """Parameters of base classes that a subclass's checks may speak of (config classes only)."""
    if place.kind != "class":
        return frozenset()
    names: set[str] = set()
    for link in linearise(found)[1:]:
        assert isinstance(link.node, ast.ClassDef)
        init = method(link.node, "__init__")
        names |= {item.arg for item in init.args.args[1:]} if init is not None else set()
    return frozenset(names)


def _tables(found: Found, names: frozenset[str]) -> Iterator[Demand]:
    """`TABLE[self.x]`: a key that a constant table lacks is a KeyError."""
    for link in linearise(found):
        for node in ast.walk(link.node):
            if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and isinstance(node.ctx, ast.Load):
                name = parameter_of(node.slice, names) if isinstance(node.slice, ast.Attribute) else None
                if name is None:
                    continue
                try:
                    keys = table_keys(node.value, link.module)
                except NotConstant:
                    continue
                yield Demand(name, one_of_values(keys), link.module.at(node))


def _deprecated(rows: Mapping[str, Parameter], found: Found) -> dict[str, Parameter]:
    """Rows whose help text begins with "deprecated", or that a warning of the class names as its subject."""
    marked = {name: row.help for name, row in rows.items() if _DEPRECATED_HELP.match(row.help)}
    for link in linearise(found) if isinstance(found.node, ast.ClassDef) else []:
        for node in ast.walk(link.node):
            match node:
                case ast.Call(func=ast.Attribute(attr=called), args=[message, *_]) if called in _WARNERS:
                    text = _message(message)
                    name = _subject(text)
                    if name in rows:
                        marked[name] = text
    return {name: row._replace(deprecated=marked.get(name, row.deprecated)) for name, row in rows.items()}


def _subject(text: str) -> str:
    """What a warning calls deprecated, if it is the first name there ("`A` for `b` is deprecated" is not about `b`)."""
    found = _SUBJECT.search(text)
    return (found[1] or found[2]) if found is not None and "`" not in text[: found.start()] else ""


def _message(node: ast.AST) -> str:
    """The text of a message; what an f-string fills in stays a name in braces."""
    match node:
        case ast.Constant(value=str() as text):
            return " ".join(text.split())
        case ast.JoinedStr(values=parts):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in parts)
            return " ".join(text.split())
    return ""
