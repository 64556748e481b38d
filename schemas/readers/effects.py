"""Whether a value that is read can matter to what the program does.

A forward slice over data and control: a read is *vain* when its value ends only in validation (`raise`, `assert`),
log lines, or names, attributes, parameters and results that themselves end in vain. Everything that is not understood
counts as an effect, so "vain" is the claim that needs a proof.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

from .holders import Access, Holders, callees, parameter_at, possible_texts
from .program import Function, FunctionNode, Program
from .reach import Reach

# Called for their value alone.
_PURE = {
    "isinstance", "issubclass", "hasattr", "getattr", "int", "float", "str", "bool", "len", "max", "min", "sum", "abs",
    "round", "ceil", "floor", "sorted", "tuple", "list", "set", "dict", "type", "any", "all", "is_tensor", "copy",
    "is_available", "startswith", "endswith", "lower", "upper", "strip", "split", "get", "expanduser", "fspath", "join",
    "unwrap_model", "to", "dim", "item", "ne", "numel", "unsqueeze", "expand", "gather", "deepcopy", "values", "keys",
    "items", "signature",
}  # fmt: skip
_LOG_OBJECTS = {"logger", "logging", "warnings", "log", "_logger"}
_LOG_METHODS = {"debug", "info", "warning", "warn", "error", "warning_once", "warning_advice", "exception", "critical"}
_SELECTING = (
    ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Subscript, ast.JoinedStr, ast.FormattedValue,
    ast.NamedExpr, ast.Starred, ast.Slice, ast.List, ast.Set, ast.Dict,
)  # fmt: skip

Node = tuple[str, object, str]


class Effects:
    """Decides for each access of one object whether it has an effect in the functions that may run."""

    def __init__(
        self,
        program: Program,
        reach: Reach,
        holders: Holders,
        calls: Mapping[tuple[Function, str], Function] | None = None,
    ) -> None:
        """`calls` says what calling a local name runs, where the program cannot tell: (function, name) to function."""
        self.program = program
        self.reach = reach
        self.holders = holders
        self.calls = calls or {}
        self._loads: dict[str, list[tuple[Function, ast.AST]]] = {}
        for function in reach.functions:
            for node in function.nodes:
                if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                    self._loads.setdefault(node.attr, []).append((function, node))
                elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                    self._loads.setdefault(node.id, []).append((function, node))
                elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
                    self._loads.setdefault(f"'{node.value}'", []).append((function, node))

    def matters(self, access: Access) -> bool:
        """Whether the access may have an effect."""
        return self._flow(access.function, access.node, set())

    def _flow(self, fn: Function, node: ast.AST, seen: set[Node]) -> bool:
        up = fn.parent(node)
        if up is None:
            return True
        if isinstance(up, ast.Raise | ast.Assert):
            return False
        if isinstance(up, ast.Expr):
            return False
        if isinstance(up, ast.Call):
            return self._into_call(fn, up, node, seen)
        if isinstance(up, ast.keyword):
            call = fn.parent(up)
            return self._into_call(fn, call, up, seen) if isinstance(call, ast.Call) else True
        if isinstance(up, ast.Attribute):
            around = fn.parent(up)
            if isinstance(around, ast.Call) and around.func is up:
                return up.attr not in _PURE or self._flow(fn, around, seen)
            return self._flow(fn, up, seen)
        if isinstance(up, ast.Subscript) and not isinstance(up.ctx, ast.Load):
            return True
        if isinstance(up, _SELECTING):
            if isinstance(up, ast.BoolOp | ast.IfExp) and not self._calls_pure(fn, up):
                return True
            if (
                isinstance(up, ast.NamedExpr)
                and isinstance(up.target, ast.Name)
                and self._local(fn, up.target.id, seen)
            ):
                return True
            return self._flow(fn, up, seen)
        if isinstance(up, ast.Tuple):
            return self._tuple(fn, up, node, seen)
        if isinstance(up, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = up.targets if isinstance(up, ast.Assign) else [up.target]
            return any(self._store(fn, target, seen) for target in targets)
        if isinstance(up, ast.If) and node is up.test:
            return self._branches(fn, up, _subject(up.test), seen)
        if isinstance(up, ast.Return):
            return self._result(fn, None, seen)
        return True

    def _tuple(self, fn: Function, up: ast.Tuple, node: ast.AST, seen: set[Node]) -> bool:
        around, position = fn.parent(up), up.elts.index(node)  # type: ignore[arg-type]
        if isinstance(around, ast.Return) and not any(isinstance(e, ast.Starred) for e in up.elts):
            return self._result(fn, position, seen)
        if isinstance(around, ast.Assign) and all(
            isinstance(t, ast.Tuple) and len(t.elts) == len(up.elts) for t in around.targets
        ):
            return any(self._store(fn, t.elts[position], seen) for t in around.targets if isinstance(t, ast.Tuple))
        return self._flow(fn, up, seen)

    def _store(self, fn: Function, target: ast.AST, seen: set[Node]) -> bool:
        if isinstance(target, ast.Name):
            return self._local(fn, target.id, seen)
        if isinstance(target, ast.Tuple):
            return any(self._store(fn, element, seen) for element in target.elts)
        if isinstance(target, ast.Attribute):
            return self._attribute(fn, target, seen)
        return True

    def _local(self, fn: Function, name: str, seen: set[Node]) -> bool:
        """Whether any use of a local name or parameter in the function has an effect."""
        if ("local", fn, name) in seen:
            return False
        seen.add(("local", fn, name))
        for node in fn.nodes:
            if isinstance(node, ast.Global | ast.Nonlocal) and name in node.names:
                return True
            loaded = isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)
            if loaded and self._flow(fn, node, seen):
                return True
        return False

    def _attribute(self, fn: Function, target: ast.Attribute, seen: set[Node]) -> bool:
        """Whether any read of an attribute of that name has an effect; on objects that are not `self`, assume so."""
        base = target.value
        is_self = isinstance(base, ast.Name) and base.id == fn.first_parameter
        held = self.holders.holds(fn, base)
        if (
            held
            and not is_self
            and (base.id if isinstance(base, ast.Name) else getattr(base, "attr", "")) not in (self.holders.declared)
        ):
            return True
        if not held and not is_self:
            return True
        if ("attribute", held, target.attr) in seen:
            return False
        seen.add(("attribute", held, target.attr))
        owners = (
            self.holders.family if held else {c for c in self.reach.instantiated if fn.cls in self.program.order(c)}
        )
        if any(isinstance(f.node, FunctionNode) for c in owners for f in self.program.lookup(c, target.attr)):
            return True  # a setter or a method of that name: more than storage
        if not held and f"'{target.attr}'" in self._loads:
            return True
        for function, node in self._loads.get(target.attr, ()):
            if not isinstance(node, ast.Attribute):
                continue
            if held and not self.holders.holds(function, node.value) and self.holders.foreign(function, node.value):
                continue
            if self._flow(function, node, seen):
                return True
        return False

    def _result(self, fn: Function, position: int | None, seen: set[Node]) -> bool:
        """Whether any use of what the function returns (item `position` of a tuple) has an effect."""
        if ("result", fn, str(position)) in seen:
            return False
        seen.add(("result", fn, str(position)))
        if fn.name.startswith("__"):
            return True
        if f"'{fn.name}'" in self._loads:
            return True
        for function, node in self._loads.get(fn.name, ()):
            around = function.parent(node)
            used = around if isinstance(around, ast.Call) and around.func is node else node
            assign = function.parent(used)
            if (
                position is not None
                and isinstance(assign, ast.Assign)
                and len(assign.targets) == 1
                and isinstance(assign.targets[0], ast.Tuple)
                and position < len(assign.targets[0].elts)
                and not any(isinstance(e, ast.Starred) for e in assign.targets[0].elts)
            ):
                if self._store(function, assign.targets[0].elts[position], seen):
                    return True
            elif self._flow(function, used, seen):
                return True
        return False

    def _into_call(self, fn: Function, call: ast.Call, node: ast.AST, seen: set[Node]) -> bool:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if is_log(call) or _in_raise(fn, call):
            return False
        if node is call.func:
            return True
        if name in _PURE or self._plain_class(fn, call):
            return self._flow(fn, call, seen)
        found = self._modelled(fn, call)
        if not found:
            return True
        return any(self._parameter(fn, callee, call, node, seen) for callee in found)

    def _modelled(self, fn: Function, call: ast.Call) -> list[Function]:
        """The functions that a method call on `self` or a plain call runs; [] when it cannot be told."""
        if isinstance(call.func, ast.Name) and (fn, call.func.id) in self.calls:
            return [self.calls[fn, call.func.id]]
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        if owner is not None and not (isinstance(owner, ast.Name) and owner.id == fn.first_parameter):
            return []
        found = [f for f in callees(self.program, fn, call) if f in self.reach and isinstance(f.node, FunctionNode)]
        if any(f.node.decorator_list for f in found if isinstance(f.node, FunctionNode)):
            return []
        return found

    def _parameter(self, fn: Function, callee: Function, call: ast.Call, node: ast.AST, seen: set[Node]) -> bool:
        if any(isinstance(a, ast.Starred) for a in call.args):
            return True
        if isinstance(node, ast.keyword):
            name = node.arg
        else:
            name = parameter_at(self.program, fn, call, callee, call.args.index(node))  # type: ignore[arg-type]
        return name is None or self.parameter_matters(callee, name, seen)

    def parameter_matters(self, callee: Function, name: str, seen: set[Node] | None = None) -> bool:
        """Whether an argument handed to parameter `name` may have an effect; `**kwargs` is followed by name."""
        seen = set() if seen is None else seen
        arguments = callee.node.args if isinstance(callee.node, FunctionNode) else None
        if arguments is None:
            return True
        if name in {a.arg for a in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]}:
            return self._local(callee, name, seen)
        return arguments.kwarg is None or self._keyword(callee, arguments.kwarg.arg, name, seen)

    def _keyword(self, fn: Function, mapping: str, name: str, seen: set[Node]) -> bool:
        """Whether item `name` of the function's `**mapping` may have an effect."""
        if ("keyword", fn, name) in seen:
            return False
        seen.add(("keyword", fn, name))
        for node in fn.nodes:
            if isinstance(node, ast.Name) and node.id == mapping and self._item(fn, node, name, seen):
                return True
        return False

    def _item(self, fn: Function, node: ast.Name, name: str, seen: set[Node]) -> bool:
        up = fn.parent(node)
        if isinstance(up, ast.keyword) and up.arg is None:
            call = fn.parent(up)
            found = self._modelled(fn, call) if isinstance(call, ast.Call) else []
            return not found or any(self.parameter_matters(callee, name, seen) for callee in found)
        key: ast.AST | None = None
        if isinstance(up, ast.Subscript) and isinstance(up.ctx, ast.Load):
            key = up.slice
        elif isinstance(up, ast.Compare) and isinstance(up.ops[0], ast.In | ast.NotIn):
            key = up.left
        elif isinstance(up, ast.Attribute) and up.attr in {"get", "pop"}:
            call = fn.parent(up)
            key = call.args[0] if isinstance(call, ast.Call) and call.args else None
        texts = possible_texts(self.program, fn, key) if key is not None else []
        return not texts or name in texts

    def _branches(self, fn: Function, branch: ast.If, about: str | None, seen: set[Node]) -> bool:
        """Whether taking one branch or the other makes a difference.

        Refusing a value for what it is alone is validation; refusing it for the state of the machine or of other
        fields is an effect, so `about` (the source text of the value) is None once a test asks for more.
        """
        if _subject(branch.test) != about:
            about = None
        return any(self._statement(fn, item, about, seen) for item in [*branch.body, *branch.orelse])

    def _statement(self, fn: Function, item: ast.stmt, about: str | None, seen: set[Node]) -> bool:
        if isinstance(item, ast.Raise | ast.Assert):
            return about is None
        if isinstance(item, ast.Pass | ast.Import | ast.ImportFrom):
            return False
        if isinstance(item, ast.Expr):
            return not (
                isinstance(item.value, ast.Constant) or (isinstance(item.value, ast.Call) and is_log(item.value))
            )
        if isinstance(item, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = item.targets if isinstance(item, ast.Assign) else [item.target]
            if item.value is not None and not self._calls_pure(fn, item.value):
                return True
            return any(self._store(fn, target, seen) for target in targets)
        if isinstance(item, ast.If):
            return not self._calls_pure(fn, item.test) or self._branches(fn, item, about, seen)
        return True

    def _calls_pure(self, fn: Function, node: ast.AST) -> bool:
        """Whether every call in the expression is made for its value alone."""
        for call in ast.walk(node):
            if not isinstance(call, ast.Call):
                continue
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            plain = name in _PURE or name.endswith(("_available", "_enabled", "Strategy"))
            if not plain and not self._plain_class(fn, call):
                return False
        return True

    def _plain_class(self, fn: Function, call: ast.Call) -> bool:
        """Whether the call builds an object of a class without constructor code."""
        cls = self.program.class_of(fn.module, call.func)
        if cls is None or any(
            self.program.class_of(c.module, b) is None for c in self.program.order(cls) for b in c.bases
        ):
            return False
        return not any(self.program.lookup(cls, name) for name in ("__init__", "__new__", "__post_init__"))


def _subject(test: ast.expr) -> str | None:
    """The one value that a test looks at, as written; None when it asks for several, or for more than builtins."""
    inner = {node.value for node in ast.walk(test) if isinstance(node, ast.Attribute)}
    asked = {
        ast.unparse(node)
        for node in ast.walk(test)
        if isinstance(node, ast.Name | ast.Attribute) and node not in inner and getattr(node, "id", "") not in _PURE
    }
    return asked.pop() if len(asked) == 1 else None


def _in_raise(fn: Function, node: ast.AST | None) -> bool:
    while node is not None and not isinstance(node, ast.stmt):
        node = fn.parent(node)
    return isinstance(node, ast.Raise | ast.Assert)


def is_log(call: ast.Call) -> bool:
    """Whether the call only writes a log line or a warning."""
    func = call.func
    if isinstance(func, ast.Name):
        return func.id in {"print", "warn"}
    if not isinstance(func, ast.Attribute) or func.attr not in _LOG_METHODS:
        return False
    base = func.value
    return (isinstance(base, ast.Name) and base.id in _LOG_OBJECTS) or (
        isinstance(base, ast.Attribute) and base.attr in _LOG_OBJECTS
    )
