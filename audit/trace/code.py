"""Functions and classes of the code under audit, as values can refer to them."""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from .values import BuiltinRef, ExtRef, Value

if TYPE_CHECKING:
    from .project import Module

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


class Function:
    """A function definition with the scope that it closes over; one per evaluated `def` or lambda."""

    __slots__ = ("defaults", "kw_defaults", "module", "name", "node", "owner", "scope")

    def __init__(self, node: FunctionNode, module: Module, scope: int, name: str, owner: ClassInfo | None) -> None:
        self.node = node
        self.module = module
        self.scope = scope
        self.name = name
        self.owner = owner
        self.defaults: list[Value] = []
        self.kw_defaults: dict[str, Value] = {}

    @property
    def generator(self) -> bool:
        return not isinstance(self.node, ast.Lambda) and _yields(self.node)

    @property
    def parameters(self) -> list[str]:
        """Names that can be given by position."""
        a = self.node.args
        return [p.arg for p in (*a.posonlyargs, *a.args)]

    @property
    def decorators(self) -> list[ast.expr]:
        return [] if isinstance(self.node, ast.Lambda) else self.node.decorator_list


class FunctionRef(NamedTuple):
    """A plain function. Equality is that of the definition."""

    function: Function


class ClassRef(NamedTuple):
    """A class of the audited code."""

    info: ClassInfo


class FieldInfo(NamedTuple):
    """A declared field of a dataclass, NamedTuple or pydantic model."""

    name: str
    node: ast.AnnAssign
    annotation: ast.expr
    default: Value | None
    required: bool
    alias: str | None
    init: bool
    options: dict[str, Value]
    owner: ClassInfo


class ClassInfo:
    """A class definition: its bases as values, its own attributes in the heap object `attributes`."""

    __slots__ = ("attributes", "bases", "decorated", "line", "module", "name", "node", "outside", "scope")

    def __init__(self, node: ast.ClassDef, module: Module, scope: int) -> None:
        self.node = node
        self.module = module
        self.scope = scope
        self.name = node.name
        self.bases: list[Value] = []
        self.attributes: int = -1
        self.decorated: frozenset[str] = frozenset()
        self.line: list[ClassInfo] | None = None
        self.outside: list[str] | None = None

    def linear(self) -> list[ClassInfo]:
        """Depth-first method resolution over the classes whose source is known. Asked once `bases` are set."""
        if self.line is None:
            self.line = self._linear()
        return self.line

    def _linear(self) -> list[ClassInfo]:
        out: list[ClassInfo] = [self]
        for base in self.bases:
            for target in base.refs:
                if isinstance(target, ClassRef):
                    out.extend(c for c in target.info.linear() if c not in out)
        return out

    def external_bases(self) -> list[str]:
        """Import paths of the library classes that it derives from."""
        if self.outside is None:
            self.outside = self._outside()
        return self.outside

    def _outside(self) -> list[str]:
        out: list[str] = []
        for info in self.linear():
            for base in info.bases:
                for target in base.refs:
                    if isinstance(target, ExtRef):
                        out.append(target.path)
                    elif isinstance(target, BuiltinRef):
                        out.append(target.name)
        return out


@lru_cache(maxsize=4096)
def _yields(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    stack: list[Any] = list(node.body)
    while stack:
        current = stack.pop()
        if isinstance(current, ast.Yield | ast.YieldFrom):
            return True
        if not isinstance(current, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            stack.extend(ast.iter_child_nodes(current))
    return False
