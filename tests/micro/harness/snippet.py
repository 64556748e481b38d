"""A snippet on disk: its labels, where each key lives, and how to write a value there."""

from __future__ import annotations

import ast
import configparser
import io
import json
import shutil
import tomllib
from pathlib import Path
from typing import Any

import yaml

MISSING = object()
"""The key is not written at all."""


def leaves(node: Any, prefix: str = "") -> dict[str, Any]:
    """Flatten a loaded config to ``{dotted key: value}``; lists of mappings are indexed, other lists are values."""
    if isinstance(node, dict) and node:
        return {k: v for name, item in node.items() for k, v in leaves(item, f"{prefix}.{name}".lstrip(".")).items()}
    if isinstance(node, list) and node and all(isinstance(item, dict) for item in node):
        return {k: v for i, item in enumerate(node) for k, v in leaves(item, f"{prefix}[{i}]").items()}
    return {prefix: node}


class Snippet:
    """``folder`` holds script.py, further modules, config files and labels.json (see tests/micro/README.md)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.labels: dict[str, Any] = json.loads((folder / "labels.json").read_text())
        self.sources: list[dict[str, Any]] = self.labels["sources"]
        self.keys: dict[str, dict[str, Any]] = self.labels["keys"]

    @property
    def name(self) -> str:
        return f"{self.folder.parent.name}/{self.folder.name}"

    def source_of(self, key: str) -> dict[str, Any]:
        index: int = self.keys[key].get("source", 0)
        return self.sources[index]

    def base(self, key: str) -> Any:
        """The shipped value of ``key``; MISSING where the config leaves it out."""
        entry, source = self.keys[key], self.source_of(key)
        if "base" in entry:
            return entry["base"]
        if source["kind"] == "file":
            return self._loaded(source).get(key, MISSING)
        if source["kind"] == "literals":
            path, where = self._literal(key, source)
            return ast.literal_eval(_find(ast.parse(path.read_text()), where))
        return MISSING

    def _loaded(self, source: dict[str, Any]) -> dict[str, Any]:
        return leaves(load(self.folder / source["path"]))

    def _literal(self, key: str, source: dict[str, Any]) -> tuple[Path, str]:
        where = source.get("where", {}).get(key, f"{source.get('prefix', '')}{key}")
        file, _, name = where.rpartition(":")
        return self.folder / (file or source.get("path", "script.py")), name

    def materialise(self, target: Path, values: dict[str, Any]) -> tuple[list[str], dict[str, str]]:
        """Write the snippet with ``values`` set under ``target``; returns the command line and the environment."""
        shutil.copytree(self.folder, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        argv, env = list(self.labels.get("argv", [])), dict(self.labels.get("env", {}))
        full = {key: self.base(key) for key, entry in self.keys.items() if "base" in entry}
        for key, value in {**full, **values}.items():
            source, value = self.source_of(key), MISSING if value == "@absent" else value
            if source["kind"] == "file":
                path = target / source["path"]
                path.write_text(dump(path, set_leaf(load(path), key, value)))
            elif source["kind"] == "env":
                env.pop(key.removeprefix("env:"), None)
                if value is not MISSING:
                    env[key.removeprefix("env:")] = str(value)
            elif source["kind"] == "argv":
                argv += option(source["flags"].get(key, "--" + key.replace("_", source.get("dash", "_"))), value)
            else:
                path, where = self._literal(key, source)
                path = target / path.relative_to(self.folder)
                path.write_text(set_literal(path.read_text(), where, value))
        return argv, env


def load(path: Path) -> Any:
    if path.suffix == ".toml":
        return tomllib.loads(path.read_text())
    if path.suffix == ".ini":
        parser = configparser.ConfigParser()
        parser.read_string(path.read_text())
        return {name: dict(parser[name]) for name in parser.sections()}
    return json.loads(path.read_text()) if path.suffix == ".json" else yaml.safe_load(path.read_text())


def dump(path: Path, data: Any) -> str:
    if path.suffix == ".json":
        return json.dumps(data)
    if path.suffix == ".ini":
        parser, text = configparser.ConfigParser(), io.StringIO()
        parser.read_dict(data)
        parser.write(text)
        return text.getvalue()
    if path.suffix != ".toml":
        return yaml.safe_dump(data, sort_keys=False)
    lines: list[str] = []
    plain = {k: v for k, v in data.items() if not isinstance(v, dict)}
    lines += [f"{k} = {json.dumps(v)}" for k, v in plain.items() if v is not None]
    for name, table in data.items():
        if isinstance(table, dict):
            lines += [f"[{name}]", *(f"{k} = {json.dumps(v)}" for k, v in table.items() if v is not None)]
    return "\n".join(lines) + "\n"


def set_leaf(data: Any, key: str, value: Any) -> Any:
    """``data`` with the dotted ``key`` set (or removed, for MISSING); missing parents are made."""
    parts: list[str | int] = []
    for part in key.split("."):
        name, _, index = part.partition("[")
        parts += [name, *([int(index.rstrip("]"))] if index else [])]
    node = data
    for step in parts[:-1]:
        node = node.setdefault(step, {}) if isinstance(node, dict) else node[step]
    if value is MISSING:
        node.pop(parts[-1], None)
    else:
        node[parts[-1]] = value
    return data


def option(flag: Any, value: Any) -> list[str]:
    """Command-line words that give ``value``; ``flag`` is a name, or [name, "switch" | "toggle" | "positional"]."""
    name, style = (flag, "value") if isinstance(flag, str) else flag
    if value is MISSING or value is None:
        return []
    if style == "positional":
        return [str(value)]
    if style == "switch":
        return [name] if value else []
    if style == "toggle":
        return [name if value else "--no-" + name.removeprefix("--")]
    if isinstance(value, list):
        return [name, *map(str, value)]
    return [f"{name}={value}"]


def _find(tree: ast.Module, where: str) -> Any:
    """The expression at ``NAME``, ``Class.field`` or ``NAME.key.key``; ``field(default=…)`` leads to its default."""
    node: Any = tree
    for part in where.split("."):
        node = _child(node, part)
    if isinstance(node, ast.Call) and not any(k.arg is None for k in node.keywords):
        node = next((k.value for k in node.keywords if k.arg == "default"), node.args[0] if node.args else node)
    return node


def _child(node: Any, part: str) -> Any:
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return next(value for key, value in pairs if isinstance(key, ast.Constant) and key.value == part)
    if isinstance(node, ast.Call):
        return next(k.value for k in node.keywords if k.arg == part)
    for stmt in node.body:
        if isinstance(stmt, ast.ClassDef) and stmt.name == part:
            return stmt
        target = stmt.targets[0] if isinstance(stmt, ast.Assign) else getattr(stmt, "target", None)
        if isinstance(target, ast.Name) and target.id == part and getattr(stmt, "value", None) is not None:
            return stmt.value
    raise KeyError(part)


def set_literal(source: str, where: str, value: Any) -> str:
    node = _find(ast.parse(source), where)
    lines = source.splitlines(keepends=True)
    start = sum(len(line) for line in lines[: node.lineno - 1]) + node.col_offset
    end = sum(len(line) for line in lines[: (node.end_lineno or 0) - 1]) + (node.end_col_offset or 0)
    return source[:start] + repr(value) + source[end:]
