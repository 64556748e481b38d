"""Library source that is read, never imported: modules of an unpacked folder, an installed package or a wheel."""

from __future__ import annotations

import ast
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TypeAlias

Definition: TypeAlias = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


class Found(NamedTuple):
    """A definition and the module that holds it."""

    module: Module
    node: ast.AST


class Module:
    """One source file: its tree, its top-level names, and what it imports from where."""

    def __init__(self, library: Library, name: str, path: str, text: str) -> None:
        self.library = library
        self.name = name
        self.path = path
        self.tree = ast.parse(text)
        self.names: dict[str, ast.AST] = {}
        self.imports: dict[str, tuple[str, str | None]] = {}
        for node in _statements(self.tree.body):
            self._declare(node)

    def _declare(self, node: ast.stmt) -> None:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            self.names[node.name] = node
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    self.names[target.id] = node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            self.names[node.target.id] = node.value
        elif isinstance(node, ast.Import):
            for alias in node.names:
                self.imports[alias.asname or alias.name.partition(".")[0]] = (alias.name, None)
        elif isinstance(node, ast.ImportFrom):
            origin = self._origin(node)
            for alias in node.names:
                self.imports[alias.asname or alias.name] = (origin, alias.name)

    def _origin(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.name.split(".") if self.path.endswith("/__init__.py") else self.name.split(".")[:-1]
        base = package[: len(package) - node.level + 1]
        return ".".join([*base, node.module] if node.module else base)

    def find(self, name: str, *, seen: frozenset[tuple[str, str]] = frozenset()) -> Found | None:
        """The definition of a dotted name as this module sees it, imports followed; None if another library has it."""
        if (self.name, name) in seen:
            return None
        head, _, rest = name.partition(".")
        if head in self.names and not rest:
            return Found(self, self.names[head])
        if head not in self.imports:
            return None
        origin, member = self.imports[head]
        seen |= {(self.name, name)}
        if member is not None and (inner := self.library.module(f"{origin}.{member}")) is not None:
            return inner.find(rest, seen=seen) if rest else None
        module = self.library.module(origin)
        if module is None:
            return None
        wanted = ".".join(part for part in (member, rest) if part)
        return module.find(wanted, seen=seen) if wanted else None

    def at(self, node: ast.AST) -> str:
        """Where a node stands: "package/file.py:line"."""
        return f"{self.path}:{getattr(node, 'lineno', 0)}"


class Library:
    """The source files of one import package: in a wheel, or in a folder that holds it (and perhaps others)."""

    def __init__(self, root: Path | str, package: str) -> None:
        self.root = Path(root)
        self.package = package
        self._archive = zipfile.ZipFile(self.root) if self.root.is_file() else None
        self._members = frozenset(self._archive.namelist()) if self._archive else frozenset()
        self._modules: dict[str, Module | None] = {}

    def module(self, name: str) -> Module | None:
        """A module by its dotted name, or None when this library has no such source file."""
        if name.partition(".")[0] != self.package:
            return None
        if name not in self._modules:
            stem = name.replace(".", "/")
            self._modules[name] = next(
                (Module(self, name, path, text) for path in (f"{stem}.py", f"{stem}/__init__.py")
                 if (text := self._read(path)) is not None),
                None,
            )  # fmt: skip
        return self._modules[name]

    def files(self) -> tuple[str, ...]:
        """The source files that were looked at so far, in order."""
        return tuple(sorted(module.path for module in self._modules.values() if module is not None))

    def _read(self, path: str) -> str | None:
        if self._archive is not None:
            return self._archive.read(path).decode() if path in self._members else None
        file = self.root / path
        return file.read_text(encoding="utf-8") if file.is_file() else None


def method(node: ast.ClassDef, name: str) -> ast.FunctionDef | None:
    """A method that a class body itself defines."""
    return next((item for item in node.body if isinstance(item, ast.FunctionDef) and item.name == name), None)


def linearise(found: Found) -> list[Found]:
    """A class and its bases in this library, nearest first, depth first; bases of other libraries are left out."""
    assert isinstance(found.node, ast.ClassDef)
    chain = [found]
    for base in found.node.bases:
        parent = found.module.find(ast.unparse(base))
        if parent is not None and isinstance(parent.node, ast.ClassDef):
            chain.extend(link for link in linearise(parent) if link.node not in [known.node for known in chain])
    return chain


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Top-level statements, those under `if` and `try` included: libraries import conditionally."""
    for node in body:
        yield node
        if isinstance(node, ast.If):
            yield from _statements(node.body)
            yield from _statements(node.orelse)
        elif isinstance(node, ast.Try):
            yield from _statements(node.body)
            for handler in node.handlers:
                yield from _statements(handler.body)
