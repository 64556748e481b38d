"""Config files: yaml, json, toml, ruamel, GLiNER's own loader, and helpers with a loader's name."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from .. import events
from ..heap import Obj
from ..values import ARITH, LOADED, TEXT, Value, derived, external, join

if TYPE_CHECKING:
    from ..calls import Arguments
    from ..machine import Machine
    from ..values import ExtRef

_LOADERS = frozenset(
    "yaml.safe_load yaml.load yaml.full_load yaml.unsafe_load yaml.load_all json.load json.loads tomllib.load "
    "tomllib.loads toml.load toml.loads tomli.load tomli.loads tomlkit.load tomlkit.parse "
    "ruamel.yaml.safe_load ruamel.yaml.load "
    "json5.load json5.loads hjson.load rtoml.load orjson.loads ujson.load commentjson.load "
    "omegaconf.OmegaConf.load hydra.compose anyconfig.load box.Box.from_yaml munch.munchify srsly.read_yaml "
    "srsly.read_json gliner.utils.load_config_as_namespace ml_collections.config_flags.DEFINE_config_file "
    "configparser.ConfigParser dynaconf.Dynaconf".split()
)
_RUAMEL = re.compile(r"^ruamel\.yaml\.YAML\.load(_all)?$")


def call(m: Machine, target: ExtRef, args: Arguments, node: ast.AST) -> Value | None:
    path = target.path
    if path == "ruamel.yaml.YAML" and not target.instance:
        return external("ruamel.yaml.YAML", True)
    if path in _LOADERS or _RUAMEL.match(path):
        if path.endswith("loads") and _of_a_line(m, node):
            return derived(args.all(), LOADED)
        return loaded(m, args.get(0) or Value(), path, node)
    return None


def _of_a_line(m: Machine, node: ast.AST) -> bool:
    """`for line in file: json.loads(line)`: records of data, no config."""
    if not isinstance(node, ast.Call) or not node.args:
        return False
    names = {n.id for n in ast.walk(node.args[0]) if isinstance(n, ast.Name)}
    for loop in ast.walk(m.frame.module.tree):
        if isinstance(loop, ast.For | ast.AsyncFor):
            inside = loop.lineno <= node.lineno <= (loop.end_lineno or loop.lineno)
            loops = [loop.target] if inside else []
        elif isinstance(loop, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp):
            inside = loop.lineno <= node.lineno <= (loop.end_lineno or loop.lineno)
            loops = [g.target for g in loop.generators] if inside else []
        else:
            continue
        if any(isinstance(n, ast.Name) and n.id in names for target in loops for n in ast.walk(target)):
            return True
    return False


def loaded(m: Machine, file: Value, what: str, node: ast.AST) -> Value:
    """The document of a file. A file that a config key names is data of that key; any other is a config of its own."""
    m.use(file, events.PATH, f"file that {what} reads", node)
    named = {k: t for k, t in file.origins.items() if k.path}
    travels = derived([file.of(origins=named)], LOADED)
    if any(k.kind == "config" for k in named):
        return Value(travels.origins, anything=True, lost=travels.lost)
    root = m.source("config", m.site(node), what, file_name(m, file))
    return join(root, travels.of(anything=False))


def file_name(m: Machine, file: Value) -> str | None:
    """The path that is opened: a constant, or the default of the option that names it."""
    for text in file.literals:
        if isinstance(text.value, str):
            return text.value
    for key, tags in file.origins.items():
        if ARITH in tags or TEXT in tags:
            continue  # a folder, or a stem, that more is joined to
        found = m.option_defaults.get(key)
        if isinstance(found, str):
            return found
    return None


def tree(m: Machine, kind: str, node: ast.AST, what: str) -> Value:
    """A new root of keys."""
    return m.source(kind, m.site(node), what, None)


def record(m: Machine, fields: dict[str, Value], node: ast.AST) -> Value:
    out = Obj("namespace", site=m.site(node))
    out.fields = dict(fields)
    return m.new(out)
