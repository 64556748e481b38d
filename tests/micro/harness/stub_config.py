"""Small re-implementations of configuration tools that are not installed: OmegaConf, hydra, fire."""

from __future__ import annotations

import dataclasses
import functools
import inspect
import re
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml


class DictConfig:
    """OmegaConf's node: attribute and item access, ``${a.b}`` interpolation, missing attributes are an error."""

    def __init__(self, data: dict[str, Any], root: DictConfig | None = None) -> None:
        object.__setattr__(self, "_data", data)
        object.__setattr__(self, "_root", root or self)

    def _get(self, key: str) -> Any:
        value = self._data[key]
        if isinstance(value, dict):
            return DictConfig(value, self._root)
        if isinstance(value, str) and (match := re.fullmatch(r"\$\{([\w.]+)\}", value)):
            return self._follow(match[1])
        return re.sub(r"\$\{([\w.]+)\}", lambda m: str(self._follow(m[1])), value) if isinstance(value, str) else value

    def _follow(self, path: str) -> Any:
        return functools.reduce(lambda node, part: node[part], path.split("."), self._root)

    def __getattr__(self, key: str) -> Any:
        if key not in self._data:
            raise AttributeError(f"Key '{key}' is not in struct")
        return self._get(key)

    def __setattr__(self, key: str, value: Any) -> None:
        self._data[key] = value

    __setitem__ = __setattr__

    def __getitem__(self, key: str) -> Any:
        return self._get(key)

    def __contains__(self, key: str) -> bool:
        return key in self._data

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def get(self, key: str, default: Any = None) -> Any:
        return self._get(key) if key in self._data else default

    def keys(self) -> Any:
        return self._data.keys()

    def items(self) -> list[tuple[str, Any]]:
        return [(key, self._get(key)) for key in self._data]

    def to_plain(self) -> dict[str, Any]:
        return {k: v.to_plain() if isinstance(v, DictConfig) else v for k, v in self.items()}


def _merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    out = dict(base)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(out.get(key), dict)
        out[key] = _merge(out[key], value) if both else value
    return out


def _plain(node: Any) -> dict[str, Any]:
    if isinstance(node, DictConfig):
        data: dict[str, Any] = node._data
        return data
    if dataclasses.is_dataclass(node):
        return dataclasses.asdict(node() if isinstance(node, type) else node)
    return dict(node)


def _dotlist(items: list[str]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for item in items:
        path, _, text = item.lstrip("-").partition("=")
        *parents, leaf = path.split(".")
        node = functools.reduce(lambda d, part: d.setdefault(part, {}), parents, out)
        node[leaf] = yaml.safe_load(text)
    return out


class OmegaConf:
    load = staticmethod(lambda path: DictConfig(yaml.safe_load(Path(path).read_text())))
    create = staticmethod(lambda data: DictConfig(_plain(data)))
    structured = staticmethod(lambda data: DictConfig(_plain(data)))
    merge = staticmethod(lambda *nodes: DictConfig(functools.reduce(_merge, map(_plain, nodes), {})))
    from_cli = staticmethod(lambda args=None: DictConfig(_dotlist(sys.argv[1:] if args is None else args)))
    from_dotlist = staticmethod(lambda items: DictConfig(_dotlist(items)))
    to_container = staticmethod(lambda node, resolve=False: node.to_plain())
    to_yaml = staticmethod(lambda node, resolve=False: yaml.safe_dump(node.to_plain()))
    set_struct = staticmethod(lambda node, flag: None)
    select = staticmethod(
        lambda node, path, default=None: functools.reduce(
            lambda n, part: default if n is default else n.get(part, default), path.split("."), node
        )
    )


def hydra_main(config_path: str | None = None, config_name: str = "config", version_base: Any = None) -> Any:
    def decorate(task: Callable[[DictConfig], Any]) -> Callable[[], Any]:
        @functools.wraps(task)
        def run() -> Any:
            folder = Path(inspect.getfile(task)).parent / (config_path or ".")
            loaded = yaml.safe_load((folder / f"{config_name.removesuffix('.yaml')}.yaml").read_text())
            return task(DictConfig(_merge(loaded, _dotlist(sys.argv[1:]))))

        return run

    return decorate


def fire_main(component: Any, command: Any = None, name: str | None = None) -> Any:
    """``--key value`` and ``--key=value`` to keyword arguments of the function (or of the class, then its method)."""
    words, given, plain = list(sys.argv[1:]), {}, []
    while words:
        word = words.pop(0)
        if not word.startswith("--"):
            plain.append(word)
            continue
        key, sign, text = word[2:].partition("=")
        if not sign:
            text = words.pop(0) if words and not words[0].startswith("--") else "True"
        given[key.replace("-", "_")] = yaml.safe_load(text)
    if inspect.isclass(component):
        names = inspect.signature(component).parameters
        made = component(**{k: v for k, v in given.items() if k in names})
        return getattr(made, plain[0])(**{k: v for k, v in given.items() if k not in names})
    return component(**given)


def modules() -> dict[str, types.ModuleType]:
    omega, hydra, fire = (types.ModuleType(name) for name in ("omegaconf", "hydra", "fire"))
    omega.OmegaConf, omega.DictConfig = OmegaConf, DictConfig  # type: ignore[attr-defined]
    hydra.main = hydra_main  # type: ignore[attr-defined]
    fire.Fire = fire_main  # type: ignore[attr-defined]
    return {"omegaconf": omega, "hydra": hydra, "fire": fire}
