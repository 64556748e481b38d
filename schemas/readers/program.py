"""An index of library source: modules, classes with their order of resolution, functions. Nothing is imported."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


class Binding(NamedTuple):
    """One way in which a local name gets a value.

    `kind` is "value" (is the expression), "item" (loops over it), "member" (loops over it, at `position` of a tuple
    target) or "part" (something of it: unpacking, `with`, `+=`); a parameter is a "part" of the function itself.
    """

    kind: str
    source: ast.AST
    position: int = 0


class Function:
    """A function, a method, or an expression that runs when its name is read (class attribute, module variable)."""

    __slots__ = ("_nodes", "_packed", "_parents", "bindings", "cls", "first_parameter", "module", "name", "node")

    def __init__(self, module: Module, cls: Class | None, name: str, node: ast.AST) -> None:
        self.module = module
        self.cls = cls
        self.name = name
        self.node = node
        self.first_parameter = self._first_parameter()
        self.bindings: dict[str, list[Binding]] | None = None
        self._packed: set[str] | None = None
        self._nodes: list[ast.AST] | None = None
        self._parents: dict[ast.AST, ast.AST] | None = None

    @property
    def qualname(self) -> str:
        return f"{self.cls.name}.{self.name}" if self.cls else self.name

    def _first_parameter(self) -> str | None:
        """The name of `self` or `cls`; None outside a class and in a static method."""
        if self.cls is None or not isinstance(self.node, FunctionNode):
            return None
        if any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in self.node.decorator_list):
            return None
        positional = [*self.node.args.posonlyargs, *self.node.args.args]
        return positional[0].arg if positional else None

    @property
    def packed(self) -> set[str]:
        """The names of `*args` and `**kwargs`, nested functions included."""
        if self._packed is None:
            arguments = [n.args for n in self.nodes if isinstance(n, FunctionNode | ast.Lambda)]
            self._packed = {a.arg for each in arguments for a in (each.vararg, each.kwarg) if a is not None}
        return self._packed

    @property
    def nodes(self) -> list[ast.AST]:
        """Every syntax node, nested functions included."""
        if self._nodes is None:
            self._nodes = list(ast.walk(self.node))
        return self._nodes

    def source(self, node: ast.AST) -> str:
        """ "package/file.py:line" of a node of this function."""
        return f"{self.module.path}:{getattr(node, 'lineno', 0)}"

    def parent(self, node: ast.AST) -> ast.AST | None:
        """The syntax node around `node`, None at the function itself."""
        if self._parents is None:
            self._parents = {child: up for up in self.nodes for child in ast.iter_child_nodes(up)}
        return self._parents.get(node)


class Class:
    """A class of the library: its methods and class attributes by name, its bases as written."""

    __slots__ = ("attributes", "bases", "imported", "methods", "module", "name", "node")

    def __init__(self, module: Module, node: ast.ClassDef) -> None:
        self.module = module
        self.name = node.name
        self.node = node
        self.bases = node.bases
        self.methods: dict[str, list[Function]] = {}
        self.attributes: dict[str, Function] = {}
        self.imported: set[str] = set()
        for item in _statements(node.body):
            if isinstance(item, FunctionNode):
                self.methods.setdefault(item.name, []).append(Function(module, self, item.name, item))
            elif isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
                self.attributes[item.target.id] = Function(module, self, item.target.id, item.value or item.target)
            elif isinstance(item, ast.Assign):
                for target in item.targets:
                    if isinstance(target, ast.Name):
                        self.attributes[target.id] = Function(module, self, target.id, item.value)
            elif isinstance(item, ast.ImportFrom):
                self.imported.update(alias.asname or alias.name for alias in item.names)

    def own(self, name: str) -> list[Function]:
        """Methods and class attributes named `name` that this class itself defines."""
        found = list(self.methods.get(name, ()))
        if name in self.attributes:
            found.append(self.attributes[name])
        return found

    def annotated(self) -> Iterator[tuple[str, ast.AnnAssign]]:
        """The annotated names of the class body: the fields of a dataclass, in order."""
        for item in self.node.body:
            if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
                yield item.target.id, item


class Module:
    """One source file: `path` is relative to the folder that holds the package ("transformers/trainer.py")."""

    __slots__ = ("classes", "dotted", "functions", "imports", "package", "path", "tree", "variables")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        parts = path.removesuffix(".py").split("/")
        if parts[-1] == "__init__":
            parts.pop()
            self.package = ".".join(parts)
        else:
            self.package = ".".join(parts[:-1])
        self.dotted = ".".join(parts)
        self.tree = ast.parse(text, path)
        self.classes: dict[str, Class] = {}
        self.functions: dict[str, list[Function]] = {}
        self.variables: dict[str, list[Function]] = {}
        self.imports: dict[str, str] = {}
        for node in ast.walk(self.tree):
            self._import(node)
        for item in _statements(self.tree.body):
            if isinstance(item, ast.ClassDef):
                self.classes[item.name] = Class(self, item)
            elif isinstance(item, FunctionNode):
                self.functions.setdefault(item.name, []).append(Function(self, None, item.name, item))
            else:
                for name, value in _bound(item):
                    self.variables.setdefault(name, []).append(Function(self, None, name, value))

    def _import(self, node: ast.AST) -> None:
        if isinstance(node, ast.Import):
            for alias in node.names:
                name = alias.asname or alias.name.split(".")[0]
                self.imports[name] = alias.name if alias.asname else name
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                around = self.package.split(".")
                base = ".".join([*around[: len(around) - node.level + 1], *([node.module] if node.module else [])])
            for alias in node.names:
                self.imports[alias.asname or alias.name] = f"{base}.{alias.name}"


def _bound(item: ast.stmt) -> Iterator[tuple[str, ast.AST]]:
    """Module variables that a statement sets, fills (`X["a"] = f`) or changes (`X.append(f)`), with the expression."""
    if isinstance(item, ast.Assign | ast.AnnAssign | ast.AugAssign) and item.value is not None:
        for target in item.targets if isinstance(item, ast.Assign) else [item.target]:
            while isinstance(target, ast.Subscript | ast.Attribute):
                target = target.value
            for name in target.elts if isinstance(target, ast.Tuple) else [target]:
                if isinstance(name, ast.Name):
                    yield name.id, item.value
    elif isinstance(item, ast.Expr) and isinstance(item.value, ast.Call):
        func = item.value.func
        if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name):
            yield func.value.id, item.value


def _statements(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a module or class body, those under `if` and `try` included."""
    for item in body:
        if isinstance(item, ast.If | ast.Try):
            yield from _statements(item.body)
            yield from _statements(item.orelse)
            if isinstance(item, ast.Try):
                for handler in item.handlers:
                    yield from _statements(handler.body)
        else:
            yield item


class Program:
    """All modules that an analysis looks at. `sources` maps "package/file.py" to text; a file that does not parse is
    left out and named in `unparsed`."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self.modules: dict[str, Module] = {}
        self.unparsed: list[str] = []
        for path, text in sources.items():
            try:
                module = Module(path, text)
            except (SyntaxError, ValueError):
                self.unparsed.append(path)
                continue
            self.modules[module.dotted] = module
        self._classes: dict[tuple[str, str], list[Class]] = {}
        self.functions: dict[str, list[Function]] = {}
        self.methods: dict[str, list[Function]] = {}
        self._orders: dict[Class, list[Class]] = {}
        for module in self.modules.values():
            root = module.dotted.split(".")[0]
            for name, cls in module.classes.items():
                self._classes.setdefault((root, name), []).append(cls)
                for method, functions in cls.methods.items():
                    self.methods.setdefault(method, []).extend(functions)
            for name, functions in module.functions.items():
                self.functions.setdefault(name, []).extend(functions)

    def classes(self) -> Iterator[Class]:
        for module in self.modules.values():
            yield from module.classes.values()

    def find_class(self, dotted: str) -> Class | None:
        """The class of a dotted path; a re-export ("transformers.Trainer") is found when its name is unique there."""
        head, _, name = dotted.rpartition(".")
        module = self.modules.get(head)
        if module and name in module.classes:
            return module.classes[name]
        found = self._classes.get((dotted.split(".")[0], name), [])
        if len(found) > 1:
            nearer = [c for c in found if c.module.dotted.startswith(head)]
            found = nearer or found
        return found[0] if len(found) == 1 else None

    def dotted(self, module: Module, node: ast.AST) -> str | None:
        """The dotted path that a name or attribute chain stands for through the module's imports, else None."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return None
        head = module.imports.get(node.id)
        if head is None:
            if parts or not (node.id in module.classes or node.id in module.functions or node.id in module.variables):
                return None
            head = f"{module.dotted}.{node.id}"
        return ".".join([head, *reversed(parts)])

    def class_of(self, module: Module, node: ast.AST) -> Class | None:
        """The class that an expression names, if it names one of the program."""
        if isinstance(node, ast.Name) and node.id in module.classes:
            return module.classes[node.id]
        dotted = self.dotted(module, node)
        return self.find_class(dotted) if dotted else None

    def order(self, cls: Class) -> list[Class]:
        """The order in which attributes of `cls` are looked up, as far as its bases are in the program."""
        if cls not in self._orders:
            self._orders[cls] = [cls]  # a class that is its own base does not recurse
            order = [cls]
            for base in cls.bases:
                found = self.class_of(cls.module, base)
                if found is None or found is cls:
                    continue
                for ancestor in self.order(found):
                    if ancestor in order:
                        order.remove(ancestor)
                    order.append(ancestor)
            self._orders[cls] = order
        return self._orders[cls]

    def lookup(self, cls: Class, name: str, after: Class | None = None) -> list[Function]:
        """What `name` on an instance of `cls` runs; with `after`, what `super()` inside `after` finds."""
        order = self.order(cls)
        if after is not None:
            order = order[order.index(after) + 1 :] if after in order else []
        for ancestor in order:
            found = ancestor.own(name)
            if name in ancestor.imported:
                found += self.imported(ancestor.module.imports[name])
            if found:
                return found
        return []

    def imported(self, dotted: str) -> list[Function]:
        """The functions and module variables that an imported name may stand for."""
        head, _, name = dotted.rpartition(".")
        module = self.modules.get(head)
        if module and (name in module.functions or name in module.variables):
            return [*module.functions.get(name, ()), *module.variables.get(name, ())]
        root = dotted.split(".")[0]
        return [f for f in self.functions.get(name, ()) if f.module.dotted.split(".")[0] == root]

    def fields(self, cls: Class) -> list[str]:
        """The fields of a dataclass, inherited ones first; of another class, the parameters of its `__init__` chain."""
        names: dict[str, None] = {}
        for ancestor in reversed(self.order(cls)):
            is_dataclass = any("dataclass" in ast.dump(d) for d in ancestor.node.decorator_list)
            for name, item in ancestor.annotated() if is_dataclass else ():
                if "ClassVar" not in ast.dump(item.annotation):
                    names[name] = None
            for init in ancestor.methods.get("__init__", ()):
                arguments: Any = getattr(init.node, "args", None)
                for argument in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs][1:]:
                    names[argument.arg] = None
        return list(names)
