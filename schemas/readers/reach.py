"""Which functions of a program may run, starting from given methods of given classes.

Rapid type analysis: a method runs when its name is mentioned in a function that may run and a class that may be
instantiated there resolves the name to it. Names on objects of unknown class reach every such class, so the answer
errs towards "may run". What an overriding class replaced is left out, because that is what decides whether a field
is inert.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from .program import Class, Function, FunctionNode, Program

_NOT_INSTANTIATING = {"isinstance", "issubclass", "hasattr"}
# Called by the language or by torch on an instance, without their names being written.
_IMPLICIT = {"forward", "state"}
_TEXT_ONLY = {"__str__", "__repr__", "__getstate__", "__reduce__"}


class Reach:
    """The functions that may run (`functions`) and the classes that may be instantiated (`instantiated`)."""

    def __init__(
        self,
        program: Program,
        roots: Iterable[tuple[Class, str]],
        objects: Iterable[Class] = (),
        never: Iterable[Class] = (),
    ) -> None:
        """`roots` are (class, method) pairs that run; `objects` exist beforehand; `never` are not instantiated."""
        self.program = program
        self.never = set(never)
        self.functions: dict[Function, None] = {}
        self.instantiated: dict[Class, None] = {}
        self._work: list[Function] = []
        self._any: set[str] = set()
        self._own: set[tuple[Class, str]] = set()
        self._super: set[tuple[Class, str]] = set()
        for cls in objects:
            self._instantiate(cls)
        for cls, name in roots:
            self._instantiate(cls)
            self._reach(program.lookup(cls, name))
        while self._work:
            self._scan(self._work.pop())

    def __contains__(self, function: Function) -> bool:
        return function in self.functions

    def _reach(self, functions: Iterable[Function]) -> None:
        for function in functions:
            if function not in self.functions:
                self.functions[function] = None
                self._work.append(function)

    def _instantiate(self, cls: Class) -> None:
        if cls in self.instantiated or cls in self.never:
            return
        self.instantiated[cls] = None
        for ancestor in self.program.order(cls):
            for name in ancestor.methods:
                dunder = name.startswith("__") and name.endswith("__") and name not in _TEXT_ONLY
                # A handler calls its callbacks' events by computed names.
                if dunder or name in _IMPLICIT or name.startswith("on_"):
                    self._reach(self.program.lookup(cls, name))
        for name in self._any:
            self._reach(self.program.lookup(cls, name))
        order = self.program.order(cls)
        for owner, name in self._own:
            if owner in order:
                self._reach(self.program.lookup(cls, name))
        for owner, name in self._super:
            self._reach(self.program.lookup(cls, name, after=owner))

    def _scan(self, function: Function) -> None:
        skip: set[ast.AST] = set()
        for node in function.nodes:
            if isinstance(node, FunctionNode):
                for argument in ast.walk(node.args):
                    if isinstance(argument, ast.arg) and argument.annotation is not None:
                        skip.update(ast.walk(argument.annotation))
                if node.returns is not None:
                    skip.update(ast.walk(node.returns))
            elif isinstance(node, ast.AnnAssign):
                skip.update(ast.walk(node.annotation))
            elif isinstance(node, ast.ExceptHandler) and node.type is not None:
                skip.update(ast.walk(node.type))
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _NOT_INSTANTIATING:
                for argument in node.args:
                    skip.update(n for n in ast.walk(argument) if self._names_class(function, n))
        for node in function.nodes:
            if node in skip:
                continue
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                self._name(function, node)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                self._attribute(function, node)
            elif isinstance(node, ast.Call):
                self._getattr(function, node)

    def _names_class(self, function: Function, node: ast.AST) -> bool:
        return isinstance(node, ast.Name | ast.Attribute) and self.program.class_of(function.module, node) is not None

    def _name(self, function: Function, node: ast.Name) -> None:
        module = function.module
        cls = self.program.class_of(module, node)
        if cls is not None:
            around = function.parent(node)
            if not (isinstance(around, ast.Attribute) and around.value is node):
                self._instantiate(cls)
            return
        if node.id in module.functions:
            self._reach(module.functions[node.id])
        elif node.id in module.variables:
            self._reach(module.variables[node.id])
        elif node.id in module.imports:
            self._reach(self.program.imported(module.imports[node.id]))

    def _attribute(self, function: Function, node: ast.Attribute) -> None:
        base, name = node.value, node.attr
        if isinstance(base, ast.Call) and isinstance(base.func, ast.Name) and base.func.id == "super":
            if function.cls is not None:
                self._super.add((function.cls, name))
                for cls in list(self.instantiated):
                    self._reach(self.program.lookup(cls, name, after=function.cls))
            return
        if isinstance(base, ast.Name) and base.id == function.first_parameter and function.cls is not None:
            self._on_self(function.cls, name)
            return
        named = self.program.class_of(function.module, base)
        if named is not None:
            self._reach(self.program.lookup(named, name))
            return
        dotted = self.program.dotted(function.module, node)
        if dotted is not None:
            meant = self.program.find_class(dotted)
            if meant is not None and not isinstance(function.parent(node), ast.Attribute):
                self._instantiate(meant)
            self._reach(self.program.imported(dotted))
            if not isinstance(base, ast.Name) or base.id in function.module.imports:
                return
        self._on_any(name)

    def _on_self(self, owner: Class, name: str) -> None:
        self._own.add((owner, name))
        for cls in list(self.instantiated):
            if owner in self.program.order(cls):
                self._reach(self.program.lookup(cls, name))

    def _on_any(self, name: str) -> None:
        if name not in self._any:
            self._any.add(name)
            for cls in list(self.instantiated):
                self._reach(self.program.lookup(cls, name))

    def _getattr(self, function: Function, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id == "getattr" and len(node.args) > 1:
            name = node.args[1]
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                self._on_any(name.value)
