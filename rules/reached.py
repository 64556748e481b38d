"""The value that a config gives a key, judged by the parameter that it reaches, whatever the file calls the key.

Only where the way is proven and bare: no cast, no test, no filter, no other value in its stead, no lost trail, and a
loader that reads numbers as PyYAML and json do. Where the code has something that may turn text into numbers unseen
(a model that coerces, converters of attrs, resolvers of its own), nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..audit.calls.dialect import PLAIN_ARGUMENTS, CallDialect, is_config, is_subclass
from ..audit.config import Config
from ..audit.documents.document import Document
from ..audit.documents.node import MAPPING, Node, dotted
from ..audit.unknown import is_unknown
from ..schemas import catalog
from .baseline import fingerprint
from .engine import findings
from .finding import Finding
from .index import NAMES
from .values._schema import types

if TYPE_CHECKING:
    from ..audit.documents.node import Path
    from ..audit.trace.flow import Forward, KeyFlow
    from ..schemas.surface import Parameter
    from .code._audited import Audited

_OPTIMISERS, _TEXT = "torch.optim.", "text-number"
# torch compares these with a number when the optimiser is made, as it does for transformers' own optimiser.
_COMPARED: Mapping[str, str] = {"lr": "learning_rate", "weight_decay": "weight_decay"}

_PLAIN_LOADERS = frozenset("yaml.safe_load yaml.load yaml.full_load json.load json.loads parse_yaml_file".split())
_COERCES = re.compile(
    r"^\s*(?:from|import)\s+(?:pydantic\w*|c?attrs?|dacite|msgspec|marshmallow\w*|mashumaro|serde|dataclass_wizard"
    r"|dataclasses_json|omegaconf|simple_parsing|draccus|pyrallis|jsonargparse|tyro|confection|dynaconf|box|traitlets"
    r"|ml_collections|chz|typedload|voluptuous|schema|cerberus|strictyaml|environs)\b"
    r"|\badd_(?:implicit_resolver|constructor)\b|\b__set(?:attr|item)?__\b|\byaml_implicit_resolvers\b",
    re.MULTILINE,
)


def is_of_value(name: str) -> bool:
    """Whether a rule judges the value of one key by the schema of its parameter."""
    return NAMES[name][1].startswith("values.")


def plain(audited: Audited) -> bool:
    """Whether what the entry hands over is what PyYAML or json made of the file: nothing may turn text into numbers."""
    loads = [source.what for source in audited.entry.sources if source.kind == "config"]
    return _PLAIN_LOADERS.issuperset(loads) and not any(map(_COERCES.search, audited.own_texts()))


def of_key(document: Document, path: Path, audited: Audited, key: KeyFlow, trainer: str) -> Iterator[Finding]:
    """What the rules on values say of a key of a document, as a value of the parameters that it surely reaches."""
    node = document.node(path)
    if node is None or node.value is None or is_unknown(node.value):
        return
    if key.lost or key.casts or key.overwritten or key.kind != "config":
        return
    said: set[str] = set()
    for way in key.forwarded:
        if not _bare(way):
            continue
        for one in _judged(document, node, way, audited, trainer):
            if one.name not in said:
                said.add(one.name)
                yield _placed(one, document, path, way)


def _bare(way: Forward) -> bool:
    taken = way.accepted == "yes" or (way.accepted != "no" and is_subclass(way.sink))
    sure = way.confidence == "proven" and taken and way.when is None
    return sure and not (way.library or way.falsy or way.conditional or way.tags or way.through)


def _judged(document: Document, node: Node, way: Forward, audited: Audited, trainer: str) -> Iterator[Finding]:
    sink, param = way.sink, way.param
    optimiser = sink.startswith(_OPTIMISERS) and sink.count(".") == 2 and param in _COMPARED
    if optimiser:
        sink, param = PLAIN_ARGUMENTS, _COMPARED[param]
    if not is_config(sink):
        return
    plain = PLAIN_ARGUMENTS if is_subclass(sink) else sink
    surface = catalog.surface(plain, audited.versions.get(plain.partition(".")[0], ""), audited.versions)
    if surface is None or param not in surface.parameters or _takes_parts(surface.parameters[param]):
        return
    dialect = CallDialect(sink)
    alone = _of_one(document, param, node)
    terms: dict[str, Any] = {"closed": True, "casts": False, "trainer": trainer, "layer": dialect.layer}
    for one in findings(alone, Config(alone, dialect, audited.versions, **terms)):
        if is_of_value(one.name) and (one.name == _TEXT or not optimiser):
            yield one


def _takes_parts(parameter: Parameter) -> bool:
    """Whether the parameter takes lists or mappings: the key may be a part of what it is given."""
    return not {"array", "object"}.isdisjoint(types(parameter.schema))


def _of_one(document: Document, param: str, node: Node) -> Document:
    """A document that holds this value alone, as this parameter, where it stands in the file."""
    root = Node(MAPPING, {param: node.value}, {param: node}, "", document.source, 0, 0)
    return Document(document.path, document.format, document.source, root, (), True)


def _placed(one: Finding, document: Document, path: Path, way: Forward) -> Finding:
    """The finding under the name that the file has for the parameter."""
    key, leaf = dotted(path), str(path[-1])
    spoken = one.key or ""
    param = spoken.partition(".")[0].partition("[")[0]

    def named(text: str | None) -> str | None:
        return text and text.replace(f"`{param}: ", f"`{leaf}: ").replace(f"`{param}`", f"`{leaf}`")

    whole = key + spoken.removeprefix(param)
    return one._replace(
        key=whole,
        message=named(one.message) or "",
        help=named(one.help),
        fingerprint=fingerprint(one.name, document.path, whole, 0),
    )
