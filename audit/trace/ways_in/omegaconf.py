"""OmegaConf: containers whose attributes are items."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from .. import access, events
from ..values import BOTTOM, UNKNOWN, ObjRef, Value, join, literal
from .files import tree

if TYPE_CHECKING:
    from ..calls import Arguments
    from ..machine import Machine
    from ..values import ExtRef


def call(m: Machine, target: ExtRef, args: Arguments, node: ast.AST) -> Value | None:
    path = target.path
    name = path.rpartition(".")[2]
    if ".OmegaConf." in f".{path}":
        return _omega(m, name, args, node)
    if path in (
        "box.Box",
        "munch.Munch",
        "addict.Dict",
        "easydict.EasyDict",
        "ml_collections.ConfigDict",
        "argparse.Namespace",
    ):
        first = args.get(0)
        if first is not None and first.refs and not args.keywords and not args.opens:
            return first
        from ..builtins.standard import FUNCTIONS

        return FUNCTIONS["types.SimpleNamespace"](m, args, node, m.frame)
    return None


def _omega(m: Machine, name: str, args: Arguments, node: ast.AST) -> Value | None:
    first = args.get(0) or UNKNOWN
    if name in ("create", "to_container", "to_object", "masked_copy"):
        return first if first.refs or first.origins else UNKNOWN
    if name == "structured":
        return _structured(m, first, node)
    if name in ("merge", "unsafe_merge"):
        from ..builtins.dicts import copied

        out = copied(m, _structured(m, first, node))
        for value in args.positional[1:]:
            _lay_over(m, out.objects()[0], value, node)
        return out
    if name == "from_cli":
        return tree(m, "config", node, events.COMMAND_LINE)
    if name in ("select", "update"):
        return _path(m, name, args, node)
    if name in ("set_struct", "set_readonly", "resolve", "register_new_resolver", "register_resolver"):
        return literal(None)
    if name in ("is_config", "is_missing", "is_dict", "is_list", "has_resolver"):
        return UNKNOWN
    return None


def _structured(m: Machine, value: Value, node: ast.AST) -> Value:
    """A structured config: the fields of the class with their defaults."""
    from ..calls import Arguments
    from ..code import ClassRef

    out = BOTTOM
    for target in value.refs:
        if isinstance(target, ClassRef):
            out = join(out, m.call(Value(refs=(target,)), Arguments([]), node, m.frame))
    return out if out is not BOTTOM else value


def _lay_over(m: Machine, oid: Any, value: Value, node: ast.AST) -> None:
    """A layer over another: sections are merged key by key, anything else is replaced."""
    from ..builtins.dicts import copied, merge_into

    for ref, layer in m.objects(value):
        sections = {}
        for part in dict.fromkeys((*m.state.get(oid).fields, *layer.fields)):
            below, above = m.state.get(oid).field(part), layer.field(part)
            if below is not None and above is not None and _section(m, below) and _section(m, above):
                for key in above.origins if not below.origins else ():
                    access.record_default(m, key, below, node)
                made = copied(m, below)
                _lay_over(m, made.objects()[0], above, node)
                sections[part] = made.of(origins=above.origins or below.origins)
        for part in sections:
            m.state.edit(oid).fields.pop(part, None)
        merge_into(m, oid, Value(refs=(ObjRef(ref),)), node)
        m.state.edit(oid).fields.update(sections)
    if not value.refs:
        merge_into(m, oid, value, node)


def _section(m: Machine, value: Value) -> bool:
    """Whether a value may be a mapping, and is nothing else that the code wrote."""
    objects = m.objects(value)
    return len(objects) == len(value.refs) == 1 and not value.literals and objects[0][1].kind in ("dict", "config")


def _path(m: Machine, name: str, args: Arguments, node: ast.AST) -> Value:
    """`OmegaConf.select(cfg, "a.b")` and `OmegaConf.update(cfg, "a.b", value)`."""
    container, dotted = args.get(0) or UNKNOWN, args.get(1) or UNKNOWN
    if dotted.only is None:
        return m.lose(container, "read under a key that is not known", node)
    parts = str(dotted.only.value).split(".")
    for part in parts[:-1]:
        container = m.get_item(container, literal(part, dotted.only.site), node)
    last = literal(parts[-1], dotted.only.site)
    if name == "update":
        access.set_item(m, container, last, args.get(2) or UNKNOWN, node)
        return literal(None)
    return m.get_item(container, last, node)
