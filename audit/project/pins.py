"""Versions that a project writes down: lock files, requirements files and pyproject.toml of one folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from .requirement import Requirement, clauses, normal, parse
from .root import read_text

SETUP = ("setup.py", "setup.cfg")
CONDA = ("environment.yml", "environment.yaml", "conda.yml", "conda.yaml")
LOCKS = ("uv.lock", "poetry.lock", "pdm.lock")
# Compiled when used: most folders hold none of these files.
_LOCKED = r'(?m)^name = "([^"]+)"\r?\nversion = "([^"]+)"'
_PIPFILE = r'"([A-Za-z0-9._-]+)": \{[^{}]*?"version": "==([^"]+)"'
# `- name=1.2` pins in conda's part, `- name==1.2` in pip's; a build (`=1.2=py311_0`) says nothing more.
_CONDA = r"""(?m)^\s*-\s+["']?([A-Za-z0-9._-]+)\s*([=<>~!][^\s"'#]*)"""
# A requirement in quotes, or alone on an indented line: setup.py is read as text, never run.
_SETUP = r"""(?m)(?:["']|^[ \t]+)([A-Za-z0-9._-]+(?:\[[^\]]*\])?[ \t]*(?:[=~!]=|[<>])[^"'#;\n]*)"""


class Pin(NamedTuple):
    """What a file of the project says of a distribution; `file` is relative to its folder."""

    requirement: Requirement
    file: str


def pins(folder: str, names: frozenset[str]) -> Iterator[Pin]:
    """The pins and bounds of a folder on the named distributions: lock files first, then requirements,
    conda's environment, setup files, pyproject.

    A distribution that is named without a version says nothing.
    """
    try:
        files = sorted(os.listdir(folder))
    except OSError:
        return
    for file in (*LOCKS, "Pipfile.lock"):
        if file in files:
            text = read_text(os.path.join(folder, file)) or ""
            for name, version in re.findall(_PIPFILE if file == "Pipfile.lock" else _LOCKED, text):
                if normal(name) in names:
                    yield Pin(Requirement(normal(name), (("==", version),)), file)
    for file in _requirement_files(folder, files):
        for line in (read_text(os.path.join(folder, file)) or "").splitlines():
            yield from _named(parse(line), names, file)
    for file in files:
        if file.lower() in CONDA:
            text = read_text(os.path.join(folder, file)) or ""
            for name, wanted in re.findall(_CONDA, text):
                exact = wanted[1:].partition("=")[0] if wanted[1:2].isdigit() and wanted[0] == "=" else None
                yield from _named(parse(f"{name}=={exact}" if exact else name + wanted), names, file)
    for file in SETUP:
        if file in files:
            for line in re.findall(_SETUP, read_text(os.path.join(folder, file)) or ""):
                yield from _named(parse(line), names, file)
    if "pyproject.toml" in files:
        text = read_text(os.path.join(folder, "pyproject.toml")) or ""
        if any(name in text.lower() for name in names):
            for requirement in _declared(text):
                yield from _named(requirement, names, "pyproject.toml")


def _named(requirement: Requirement | None, names: frozenset[str], file: str) -> Iterator[Pin]:
    if requirement is not None and requirement.name in names and requirement.clauses:
        yield Pin(requirement, file)


def _requirement_files(folder: str, files: list[str]) -> list[str]:
    lower = [(file, file.lower()) for file in files if file.lower().endswith((".txt", ".in"))]
    found = [file for file, name in lower if name.startswith(("requirements", "constraints"))]
    if "requirements" in files:
        try:
            inner = sorted(os.listdir(os.path.join(folder, "requirements")))
        except OSError:
            inner = []
        found += [f"requirements/{file}" for file in inner if file.endswith((".txt", ".in"))]
    return found


def _declared(text: str) -> Iterator[Requirement]:
    """The requirements of a pyproject.toml: project, optional and grouped dependencies, and Poetry's tables."""
    import tomllib

    try:
        data = tomllib.loads(text)
    except ValueError:
        return
    project = _table(data, "project")
    lines: list[Any] = list(project.get("dependencies") or ())
    for group in (*_table(project, "optional-dependencies").values(), *_table(data, "dependency-groups").values()):
        lines += group if isinstance(group, list) else ()
    for line in lines:
        requirement = parse(line) if isinstance(line, str) else None
        if requirement is not None:
            yield requirement
    poetry = _table(_table(data, "tool"), "poetry")
    tables = [_table(poetry, "dependencies")]
    tables += [_table(group, "dependencies") for group in _table(poetry, "group").values() if isinstance(group, dict)]
    for table in tables:
        for name, value in table.items():
            wanted = value.get("version") if isinstance(value, dict) else value
            if isinstance(wanted, str):
                bare = wanted[:1].isdigit()
                yield Requirement(normal(name), (("==", wanted),) if bare else clauses(wanted))


def _table(data: dict[str, Any], name: str) -> dict[str, Any]:
    inner = data.get(name)
    return inner if isinstance(inner, dict) else {}
