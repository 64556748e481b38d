"""Which expressions of a program hold the object of interest (the training arguments, the model config), and where
its attributes are read."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import NamedTuple

from .program import Binding, Class, Function, FunctionNode, Program
from .reach import Reach

_COPIES = {"copy", "deepcopy", "replace", "cast"}


class Access(NamedTuple):
    """One place that reads an attribute. `sure` is False when nothing shows that the object is the one meant."""

    function: Function
    node: ast.AST
    sure: bool


class Holders:
    """Follows one object through names, attributes and parameters.

    `family` are the classes whose `self` is the object; `names` are parameter, variable and attribute names that stand
    for it wherever they occur (the convention of the library: `args`, `config`). Parameters under other names are
    found from the calls that pass the object on.
    """

    def __init__(self, program: Program, reach: Reach, family: Iterable[Class], names: Iterable[str]) -> None:
        self.program = program
        self.reach = reach
        self.family = set(family)
        self.declared = frozenset(names)
        self.names = set(names)
        self._locals: set[tuple[Function, str]] = set()
        while self._spread():
            pass

    def holds(self, function: Function, node: ast.AST) -> bool:
        """Whether the expression may be the object itself."""
        if isinstance(node, ast.Name):
            if node.id == function.first_parameter:
                return function.cls in self.family
            if self._declared_other(function, node.id):
                return False
            if (function, node.id) in self._locals:
                return True
            return node.id in self.names and node.id not in function.module.imports and node.id not in function.packed
        if isinstance(node, ast.Attribute):
            return node.attr in self.names
        if isinstance(node, ast.NamedExpr | ast.Starred):
            return self.holds(function, node.value)
        if isinstance(node, ast.IfExp):
            return self.holds(function, node.body) or self.holds(function, node.orelse)
        if isinstance(node, ast.BoolOp):
            return any(self.holds(function, value) for value in node.values)
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in _COPIES:
                return any(self.holds(function, a) for a in node.args)
            if called == "getattr" and len(node.args) > 1 and isinstance(node.args[1], ast.Constant):
                return node.args[1].value in self.names
        return False

    def _declared_other(self, function: Function, name: str) -> bool:
        """Whether a parameter's annotation names one class, and that one is not of the family."""
        if not isinstance(function.node, FunctionNode):
            return False
        arguments = function.node.args
        for argument in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]:
            if argument.arg == name and isinstance(argument.annotation, ast.Name | ast.Attribute):
                cls = self.program.class_of(function.module, argument.annotation)
                if cls is not None:
                    return not any(cls in self.program.order(c) for c in self.family)
                dotted = self.program.dotted(function.module, argument.annotation)
                return dotted is not None and not dotted.startswith("typing.") and not self._base(dotted)
        return False

    def _base(self, dotted: str) -> bool:
        """Whether the dotted path is a base class outside the program (transformers' PretrainedConfig)."""
        name = dotted.rpartition(".")[2]
        return any(getattr(b, "id", getattr(b, "attr", "")) == name for c in self.family for b in c.bases)

    def foreign(self, function: Function, node: ast.AST) -> bool:
        """Whether the expression is surely something else: a module, a class, an unrelated `self`, a literal."""
        if isinstance(node, ast.Name):
            if node.id == function.first_parameter:
                return function.cls not in self.family
            module = function.module
            known = (module.imports, module.classes, module.functions, module.variables)
            return any(node.id in table for table in known) or self._made_here(function, node.id)
        if isinstance(node, ast.Attribute):
            return self.program.dotted(function.module, node) is not None or self.foreign(function, node.value)
        if isinstance(node, ast.Call):
            return isinstance(node.func, ast.Name) and node.func.id == "super" and function.cls not in self.family
        return isinstance(
            node, ast.Constant | ast.JoinedStr | ast.List | ast.Dict | ast.Tuple | ast.Compare | ast.BinOp
        )

    def _made_here(self, function: Function, name: str) -> bool:
        """Whether a name is a parameter that no call in the program gives the object, or a local name that is only
        ever bound to expressions in which the object does not occur."""
        bound = _bindings(function, name)
        return bool(bound) and not any(
            not isinstance(b.source, FunctionNode | ast.Lambda)
            and any(self.holds(function, part) for part in ast.walk(b.source))
            for b in bound
        )

    def _spread(self) -> bool:
        before = len(self._locals) + len(self.names)
        for function in self.reach.functions:
            for node in function.nodes:
                if isinstance(node, ast.Assign) and self.holds(function, node.value):
                    for target in node.targets:
                        self._bind(function, target)
                elif (
                    isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value and self.holds(function, node.value)
                ):
                    self._bind(function, node.target)
                elif isinstance(node, ast.Call):
                    self._pass_on(function, node)
        return len(self._locals) + len(self.names) > before

    def _bind(self, function: Function, target: ast.AST) -> None:
        if isinstance(target, ast.Name):
            self._locals.add((function, target.id))
        elif (
            isinstance(target, ast.Attribute)
            and target.attr not in self.names
            and not self.holds(function, target.value)
        ):
            self.names.add(target.attr)

    def _pass_on(self, function: Function, call: ast.Call) -> None:
        held = [i for i, a in enumerate(call.args) if self.holds(function, a)]
        named = [k.arg for k in call.keywords if k.arg and self.holds(function, k.value)]
        if not held and not named:
            return
        cls = self.program.class_of(function.module, call.func)
        if cls is not None and not self.program.lookup(cls, "__init__"):
            self.names.update(named)  # a dataclass keeps it under the same name
            self.names.update(name for i, name in enumerate(self.program.fields(cls)) if i in held)
        for callee in callees(self.program, function, call):
            if callee not in self.reach:
                continue
            for i in held:
                parameter = parameter_at(self.program, function, call, callee, i)
                if parameter:
                    self._locals.add((callee, parameter))
            for name in named:
                self._locals.add((callee, name))

    def _known(self, function: Function, call: ast.Call) -> bool:
        return (
            bool(callees(self.program, function, call)) or self.program.class_of(function.module, call.func) is not None
        )

    def accesses(self, fields: Iterable[str]) -> dict[str, list[Access]]:
        """Every read of each field in the functions that may run: `x.field`, `getattr(x, "field")` and
        `getattr(x, name)` where the values of `name` can be listed. Attribute stores are not reads."""
        wanted = set(fields)
        found: dict[str, list[Access]] = {field: [] for field in wanted}
        for function in self.reach.functions:
            for node in function.nodes:
                if isinstance(node, ast.Attribute) and node.attr in wanted and isinstance(node.ctx, ast.Load):
                    sure = self.holds(function, node.value)
                    if sure or not self.foreign(function, node.value):
                        found[node.attr].append(Access(function, node, sure))
                elif isinstance(node, ast.Call):
                    for name, sure in self._by_name(function, node):
                        if name in wanted:
                            found[name].append(Access(function, node, sure))
        return found

    def _by_name(self, function: Function, node: ast.Call) -> Iterable[tuple[str, bool]]:
        if not (isinstance(node.func, ast.Name) and node.func.id == "getattr" and len(node.args) > 1):
            return
        sure = self.holds(function, node.args[0])
        if not sure and self.foreign(function, node.args[0]):
            return
        for name in possible_texts(self.program, function, node.args[1]):
            yield name, sure

    def unlisted(self) -> list[tuple[Function, ast.AST]]:
        """Reads by a name that cannot be listed: they may read any field."""
        found: list[tuple[Function, ast.AST]] = []
        for function in self.reach.functions:
            for node in function.nodes:
                if isinstance(node, ast.Attribute) and node.attr == "__dict__" and self.holds(function, node.value):
                    found.append((function, node))
                if not (isinstance(node, ast.Call) and node.args and self.holds(function, node.args[0])):
                    continue
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                by_name = name == "getattr" and len(node.args) > 1
                if name in {"vars", "asdict", "fields"} or (
                    by_name and not possible_texts(self.program, function, node.args[1])
                ):
                    found.append((function, node))
        return found

    def escapes(self) -> list[tuple[Function, ast.Call]]:
        """Calls that hand the object to code outside the program."""
        found: list[tuple[Function, ast.Call]] = []
        for function in self.reach.functions:
            for node in function.nodes:
                if isinstance(node, ast.Call) and not self._known(function, node):
                    values = [*node.args, *(k.value for k in node.keywords if k.arg)]
                    values = [v for v in values if not isinstance(v, ast.Starred)]
                    if any(self.holds(function, value) for value in values):
                        found.append((function, node))
        return found


def positional(function: Function) -> list[str]:
    """Names of the positional parameters as a caller counts them: without `self` or `cls`."""
    arguments = getattr(function.node, "args", None)
    if not isinstance(arguments, ast.arguments):
        return []
    names = [a.arg for a in [*arguments.posonlyargs, *arguments.args]]
    return names[1:] if function.first_parameter else names


def parameter_at(program: Program, function: Function, call: ast.Call, callee: Function, position: int) -> str | None:
    """The parameter that positional argument `position` of a call becomes; `Base.method(self, …)` is understood."""
    names = positional(callee)
    explicit = isinstance(call.func, ast.Attribute) and program.class_of(function.module, call.func.value) is not None
    if explicit and call.args and isinstance(call.args[0], ast.Name) and call.args[0].id == function.first_parameter:
        position -= 1
    return names[position] if 0 <= position < len(names) else None


def callees(program: Program, function: Function, call: ast.Call) -> list[Function]:
    """Functions of the program that a call may run, by name; a class stands for its `__init__`."""
    cls = program.class_of(function.module, call.func)
    if cls is not None:
        return program.lookup(cls, "__init__")
    if isinstance(call.func, ast.Name):
        if call.func.id == function.first_parameter and function.cls is not None:
            related = [c for c in program.classes() if function.cls in program.order(c)]
            return list({f: None for c in related for f in program.lookup(c, "__init__")})
        own = function.module.functions.get(call.func.id, [])
        return own or program.functions.get(call.func.id, [])
    if isinstance(call.func, ast.Attribute):
        name, base = call.func.attr, call.func.value
        if isinstance(base, ast.Name) and base.id in function.module.imports:
            return list(program.functions.get(name, ()))
        named_class = program.class_of(function.module, base)
        if named_class is not None:
            return program.lookup(named_class, name)
        if function.cls is not None and isinstance(base, ast.Call) and getattr(base.func, "id", "") == "super":
            return program.lookup(function.cls, name, after=function.cls)
        if function.cls is not None and isinstance(base, ast.Name) and base.id == function.first_parameter:
            related = [c for c in program.classes() if function.cls in program.order(c)]
            named = list({f: None for c in related for f in program.lookup(c, name)})
            return [f for n in named for f in _constructed(program, n)]
        return list(program.methods.get(name, ()))
    return []


def _constructed(program: Program, named: Function) -> list[Function]:
    """A method itself; for a class attribute that names a class (`model_class = …`), that class's `__init__`."""
    if isinstance(named.node, FunctionNode):
        return [named]
    cls = program.class_of(named.module, named.node)
    return program.lookup(cls, "__init__") if cls is not None else []


def possible_texts(program: Program, function: Function, node: ast.AST) -> list[str]:
    """All texts that an expression can be, if literals, loops over literals, or f-strings of them; else []."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.JoinedStr):
        texts = [""]
        for part in node.values:
            inner = part.value if isinstance(part, ast.FormattedValue) else part
            choices = possible_texts(program, function, inner)
            texts = [head + tail for head in texts for tail in choices]
        return texts
    if isinstance(node, ast.Name):
        found: list[str] = []
        for bound in _bindings(function, node.id):
            items = _items(program, function, bound)
            if not items:
                return []
            found += items
        return found
    return []


def _bindings(function: Function, name: str) -> list[Binding]:
    if function.bindings is None:
        function.bindings = {}
        for node in function.nodes:
            for bound, binding in _binds(node):
                function.bindings.setdefault(bound, []).append(binding)
    return function.bindings.get(name, [])


def _binds(node: ast.AST) -> Iterable[tuple[str, Binding]]:
    """The names that one syntax node binds."""
    if isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
        if isinstance(node.target, ast.Name):
            yield node.target.id, Binding("item", node.iter)
        elif isinstance(node.target, ast.Tuple):
            for i, element in enumerate(node.target.elts):
                if isinstance(element, ast.Name):
                    yield element.id, Binding("member", node.iter, i)
                else:
                    yield from ((name, Binding("part", node.iter)) for name in _stored(element))
    elif isinstance(node, ast.Assign):
        for target in node.targets:
            if isinstance(target, ast.Name):
                yield target.id, Binding("value", node.value)
            else:
                yield from ((name, Binding("part", node.value)) for name in _stored(target))
    elif isinstance(node, ast.AnnAssign | ast.NamedExpr | ast.AugAssign):
        if isinstance(node.target, ast.Name) and node.value is not None:
            yield node.target.id, Binding("part" if isinstance(node, ast.AugAssign) else "value", node.value)
    elif isinstance(node, ast.withitem) and node.optional_vars is not None:
        yield from ((name, Binding("part", node.context_expr)) for name in _stored(node.optional_vars))
    elif isinstance(node, FunctionNode | ast.Lambda):
        for argument in ast.walk(node.args):
            if isinstance(argument, ast.arg):
                yield argument.arg, Binding("part", node)


def _stored(target: ast.AST) -> list[str]:
    return [n.id for n in ast.walk(target) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]


def _items(program: Program, function: Function, binding: Binding) -> list[str]:
    """All texts that a binding can give its name; [] when they cannot be listed."""
    iterable = binding.source
    if binding.kind == "value":
        return possible_texts(program, function, iterable) if not isinstance(iterable, ast.Name) else []
    if binding.kind == "part":
        return []
    if isinstance(iterable, ast.Attribute) and function.cls is not None:
        named = program.lookup(function.cls, iterable.attr)
        iterable = named[0].node if named else iterable
    elif isinstance(iterable, ast.Name) and iterable.id in function.module.variables:
        iterable = _only(function.module.variables[iterable.id]) or iterable
    if isinstance(iterable, ast.Call) and getattr(iterable.func, "attr", "") in {"items", "keys"}:
        iterable = _mapping(function, iterable)
    if isinstance(iterable, ast.Dict):
        elements: list[ast.AST | None] = [*iterable.keys] if binding.position == 0 else [*iterable.values]
    elif isinstance(iterable, ast.Tuple | ast.List | ast.Set):
        elements = [*iterable.elts]
        if binding.kind == "member":
            rows = [e.elts if isinstance(e, ast.Tuple) else [] for e in elements]
            elements = [row[binding.position] if binding.position < len(row) else None for row in rows]
    else:
        return []
    texts = [e.value for e in elements if isinstance(e, ast.Constant) and isinstance(e.value, str)]
    return texts if len(texts) == len(elements) else []


def _only(found: list[Function]) -> ast.AST | None:
    return found[0].node if len(found) == 1 else None


def _mapping(function: Function, call: ast.Call) -> ast.AST:
    """The dict literal behind `d.items()`, when `d` is bound to one only."""
    assert isinstance(call.func, ast.Attribute)
    base = call.func.value
    if isinstance(base, ast.Name):
        if base.id in function.module.variables:
            return _only(function.module.variables[base.id]) or base
        bound = _bindings(function, base.id)
        if len(bound) == 1 and bound[0].kind == "value":
            return bound[0].source
    return base
