"""The audited project and the libraries that it can be read with: modules found as Python would, parsed on first use.

Nothing is imported. Module names resolve against the script's folder, the project root and its `src`; library names
against a library package inside the project, then against installed distributions, which are read as files.
"""

from __future__ import annotations

import ast
import functools
import os
import sys

from . import notebooks
from .source import parse
from .values import Site, Value, literal

LIBRARIES = frozenset(
    "accelerate bitsandbytes datasets deepspeed gliner lightning peft pytorch_lightning "
    "sentence_transformers torch transformers trl unsloth".split()
)
"""Packages whose classes are surfaces: their names stay import paths even when their source is at hand."""
ROOT_MARKS = ("pyproject.toml", "setup.py", "setup.cfg", ".git", "requirements.txt")


class Module:
    """One parsed file. `name` is its dotted import name, `file` its path as findings show it."""

    def __init__(self, name: str, path: str, file: str, library: bool) -> None:
        with open(path, encoding="utf-8", errors="surrogateescape") as handle:
            text = handle.read()
        self.name = name
        self.path = path
        self.file = file
        self.library = library
        self.package = os.path.basename(path) == "__init__.py"
        self.line_map: list[int] | None = None
        if path.endswith(".ipynb"):
            cells = notebooks.read(text)
            text, self.line_map = cells.source, cells.lines
        try:
            self.tree = _parsed(text, path)
        except SyntaxError as error:
            error.lineno = self._mapped(error.lineno) if error.lineno and self.line_map else error.lineno
            raise
        self._sites: dict[int, Site] = {}
        self._constants: dict[int, Value] = {}
        self.lines = None if text.isascii() else text.splitlines()

    @functools.cached_property
    def constants(self) -> frozenset[str]:
        """Names that the module body assigns exactly once, outside functions and classes."""
        counts: dict[str, int] = {}
        stack: list[ast.AST] = list(self.tree.body)
        while stack:
            node = stack.pop()
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
                continue
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
                counts[node.id] = counts.get(node.id, 0) + 1
            stack.extend(ast.iter_child_nodes(node))
        return frozenset(name for name, count in counts.items() if count == 1)

    def site(self, node: ast.AST) -> Site:
        """The span of a node, columns in code points."""
        known = self._sites.get(id(node))
        if known is None:
            known = self._sites[id(node)] = self._site(node)
        return known

    def constant(self, node: ast.Constant) -> Value:
        """The value of a literal of this module."""
        known = self._constants.get(id(node))
        if known is None:
            known = self._constants[id(node)] = literal(node.value, self.site(node))
        return known

    def _site(self, node: ast.AST) -> Site:
        line = getattr(node, "lineno", 1)
        end_line = getattr(node, "end_lineno", None) or line
        column = self._column(line, getattr(node, "col_offset", 0))
        end_column = self._column(end_line, getattr(node, "end_col_offset", None) or 0)
        if self.line_map is not None:
            line, end_line = self._mapped(line), self._mapped(end_line)
        return Site(self.file, line, column, end_line, end_column)

    def _column(self, line: int, offset: int) -> int:
        if self.lines is None or line > len(self.lines):
            return offset + 1
        return len(self.lines[line - 1].encode("utf-8", "surrogateescape")[:offset].decode("utf-8", "replace")) + 1

    def _mapped(self, line: int) -> int:
        assert self.line_map is not None
        return self.line_map[line - 1] if line <= len(self.line_map) else self.line_map[-1] if self.line_map else 1


class Project:
    """Finds and keeps modules.

    `root` bounds what counts as the project; by default the nearest folder above the script with a project file.
    """

    def __init__(self, script: str, root: str | None = None) -> None:
        self.script = os.path.abspath(script)
        folder = os.path.dirname(self.script)
        self.root = os.path.abspath(root) if root else _find_root(folder)
        self.cwd = os.getcwd()
        self.paths = list(dict.fromkeys([folder, self.root, os.path.join(self.root, "src"), *_package_roots(folder)]))
        self.modules: dict[str, Module | None] = {}
        self.failed: list[tuple[str, str]] = []
        self._site_packages: list[str] | None = None
        self.main = self._load_script()

    def _load_script(self) -> Module:
        name = _module_name(self.script)
        module = Module(name, self.script, self.shown(self.script), library=False)
        self.modules[name] = module
        return module

    def shown(self, path: str) -> str:
        """A path as findings show it: POSIX, relative to the working folder if it lies below, else to the project."""
        for base in (self.cwd, self.root):
            if path.startswith(base.rstrip(os.sep) + os.sep):
                return os.path.relpath(path, base).replace(os.sep, "/")
        return path.replace(os.sep, "/")

    def is_library(self, name: str) -> bool:
        return name.partition(".")[0] in LIBRARIES

    def module(self, name: str) -> Module | None:
        """The module of that dotted name in the project or in a library that is read as source; None if not at hand."""
        if name in self.modules:
            return self.modules[name]
        found = self._find(name)
        module: Module | None = None
        if found is not None:
            path, library = found
            module = next((m for m in self.modules.values() if m is not None and m.path == path), None)
            if module is None:
                try:
                    module = Module(name, path, self.shown(path) if not library else _library_name(name, path), library)
                except (SyntaxError, ValueError, OSError, RecursionError) as error:
                    self.failed.append((path, str(error)))
        self.modules[name] = module
        return module

    def _find(self, name: str) -> tuple[str, bool] | None:
        library = self.is_library(name)
        parts = name.split(".")
        bases = [*self.paths, *(self.site_packages() if library else ())]
        for base in bases:
            stem = os.path.join(base, *parts)
            for path in (stem + ".py", os.path.join(stem, "__init__.py")):
                if os.path.isfile(path):
                    return path, library
        return None

    def in_tree(self, distribution: str) -> str | None:
        """The folder of a library package that lies inside the project: the version in force."""
        for base in self.paths:
            path = os.path.join(base, distribution)
            if os.path.isfile(os.path.join(path, "__init__.py")):
                return path
        return None

    def exists(self, name: str) -> bool:
        return self._find(name) is not None or any(os.path.isdir(os.path.join(b, *name.split("."))) for b in self.paths)

    def site_packages(self) -> list[str]:
        if self._site_packages is None:
            homes = [os.environ.get("VIRTUAL_ENV", ""), os.path.join(self.root, ".venv")]
            found = []
            for home in filter(None, homes):
                lib = os.path.join(home, "lib")
                if os.path.isdir(lib):
                    found += [os.path.join(lib, n, "site-packages") for n in sorted(os.listdir(lib))]
            found += [p for p in sys.path if p.endswith(("site-packages", "dist-packages"))]
            self._site_packages = [p for p in dict.fromkeys(found) if os.path.isdir(p)]
        return self._site_packages

    def absolute(self, module: Module, name: str | None, level: int) -> str:
        """The dotted name that `from …name import` means in `module`."""
        if level == 0:
            return name or ""
        parts = module.name.split(".")
        keep = len(parts) - level + (1 if module.package else 0)
        base = parts[: max(keep, 0)]
        return ".".join([*base, *([name] if name else [])])


def _parsed(text: str, path: str) -> ast.Module:
    try:
        return parse(text)
    except SyntaxError as error:
        error.filename = path
        raise


def _find_root(folder: str) -> str:
    current = folder
    while True:
        if any(os.path.exists(os.path.join(current, mark)) for mark in ROOT_MARKS):
            return current
        parent = os.path.dirname(current)
        if parent == current:
            return folder
        current = parent


def _package_roots(folder: str) -> list[str]:
    """The folder above the outermost package that holds `folder`."""
    current = folder
    while os.path.isfile(os.path.join(current, "__init__.py")):
        current = os.path.dirname(current)
    return [current]


def _module_name(path: str) -> str:
    folder, file = os.path.split(path)
    stem = os.path.splitext(file)[0]
    parts = [] if stem == "__init__" else [stem]
    while os.path.isfile(os.path.join(folder, "__init__.py")):
        folder, last = os.path.split(folder)
        parts.insert(0, last)
    return ".".join(parts) or stem


def _library_name(name: str, path: str) -> str:
    """A library file relative to its package: "gliner/model.py"."""
    parts = name.split(".")
    folder = os.path.basename(path) == "__init__.py"
    return "/".join(parts) + ("/__init__.py" if folder else ".py")
