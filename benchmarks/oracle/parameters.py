"""What the installed libraries accept, seen at run time: the generator's only source. The catalog has no part in it."""

from __future__ import annotations

import ast
import dataclasses
import enum
import inspect
import json
import re
import types
import typing
from pathlib import Path
from typing import Any, NamedTuple

ABSENT = "<absent>"


class Parameter(NamedTuple):
    """One parameter of a surface.

    `kinds` are of bool, int, float, str, list, dict and null; `default` is JSON-like or ABSENT; `choices` are the
    words that the library lists, compares with or quotes.
    """

    name: str
    kinds: tuple[str, ...]
    default: Any
    choices: tuple[str, ...]


_PLAIN = {bool: "bool", int: "int", float: "float", str: "str", dict: "dict", list: "list", tuple: "list"}


def _kinds(hint: Any) -> tuple[set[str], list[str]]:
    """The kinds of a type hint, and the words of its enums and literals."""
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        kinds: set[str] = set()
        words: list[str] = []
        for part in typing.get_args(hint):
            more, listed = _kinds(part)
            kinds |= more
            words += listed
        return kinds, words
    if origin is typing.Literal:
        values = typing.get_args(hint)
        return {_PLAIN[type(v)] for v in values}, [v for v in values if isinstance(v, str)]
    if hint is type(None):
        return {"null"}, []
    if inspect.isclass(hint) and issubclass(hint, enum.Enum):
        return {"str"}, [str(member.value) for member in hint]
    if inspect.isclass(hint) and dataclasses.is_dataclass(hint):
        return {"dict"}, []
    plain = _PLAIN.get(origin or hint)
    return ({plain} if plain else set()), []


def _plain_default(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return value.value
    try:
        return json.loads(json.dumps(value))
    except TypeError:
        return ABSENT


def _words_of(words: list[str]) -> tuple[str, ...]:
    """Literals such as `pissa_niter_[number of iters]` stand for a number."""
    return tuple(dict.fromkeys(re.sub(r"\[.*?\]", "4", word) for word in words))


def dataclass_parameters(cls: type) -> dict[str, Parameter]:
    """The parameters of a dataclass, with the words of a parent's enum where a subclass widens it to str."""
    listed: dict[str, list[str]] = {}
    for base in reversed(cls.__mro__):
        if dataclasses.is_dataclass(base):
            for name, hint in typing.get_type_hints(base).items():
                listed[name] = _kinds(hint)[1] or listed.get(name, [])
    hints = typing.get_type_hints(cls)
    found: dict[str, Parameter] = {}
    for field in dataclasses.fields(cls):
        if not field.init:
            continue
        kinds = _kinds(hints[field.name])[0]
        default: Any = ABSENT
        if field.default is not dataclasses.MISSING:
            default = _plain_default(field.default)
        elif field.default_factory is not dataclasses.MISSING:
            default = _plain_default(field.default_factory())
        words = listed[field.name] + [str(c) for c in field.metadata.get("choices") or ()]
        found[field.name] = Parameter(field.name, tuple(sorted(kinds)), default, _words_of(words))
    return found


def init_parameters(cls: type) -> dict[str, Parameter]:
    """The parameters that a class takes through its own `__init__` and, by `**kwargs`, through its parents'."""
    found: dict[str, Parameter] = {}
    for base in cls.__mro__:
        init = base.__dict__.get("__init__")
        if init is None or not base.__module__.startswith("gliner"):
            continue
        for parameter in inspect.signature(init).parameters.values():
            if parameter.name == "self" or parameter.kind is parameter.VAR_KEYWORD or parameter.name in found:
                continue
            found[parameter.name] = signature_parameter(parameter)
    return found


def signature_parameter(parameter: inspect.Parameter) -> Parameter:
    """A parameter of a signature: the annotation's kinds, and the default's where it contradicts the annotation."""
    hint = parameter.annotation
    if isinstance(hint, str) or hint is inspect.Parameter.empty:
        hint = type(parameter.default)
    kinds, words = _kinds(hint)
    default = ABSENT if parameter.default is inspect.Parameter.empty else _plain_default(parameter.default)
    kinds |= _kinds(type(parameter.default))[0] if default is not ABSENT else set()
    return Parameter(parameter.name, tuple(sorted(kinds)), default, _words_of(words))


def compared_words(package: str, names: set[str]) -> dict[str, list[str]]:
    """The string literals that a package compares a variable or attribute of these names with (`==`, `in`).

    A local variable may carry the tail of the name (`splitter_type` for `words_splitter_type`).
    """
    found: dict[str, list[str]] = {name: [] for name in names}
    tails = {name.split("_", 1)[1]: name for name in sorted(names) if len(name.partition("_")[2]) >= 8}
    for path in sorted(Path(package_folder(package)).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Compare):
                continue
            sides = [node.left, *node.comparators]
            seen = [_last_name(side) for side in sides]
            name = next((n if n in found else tails[n] for n in seen if n in found or n in tails), None)
            if name is None:
                continue
            for side in sides:
                parts = side.elts if isinstance(side, (ast.Tuple, ast.List, ast.Set)) else [side]
                found[name] += [p.value for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str)]
    return {name: list(dict.fromkeys(words)) for name, words in found.items() if any(words)}


def quoted_words(docstring: str | None) -> dict[str, list[str]]:
    """The quoted words in each parameter's paragraph of a Google-style docstring."""
    entries = re.findall(r"^ +(\w+)(?: \([^)]*\))?: (.*(?:\n {12,}.*)*)", docstring or "", re.MULTILINE)
    return {name: words for name, text in entries if (words := re.findall(r"""['"]([\w-]+)['"]""", text))}


def package_folder(package: str) -> str:
    """The folder of an installed package."""
    import importlib.util

    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"oracle: {package} is not installed")
    return spec.submodule_search_locations[0]


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
