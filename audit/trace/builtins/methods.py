"""Methods on values that the models know: records, config trees, sequences, text, and leaves of a config."""

from __future__ import annotations

import ast
import re
import string
from typing import TYPE_CHECKING

from .. import access, events
from ..calls import callbacks, opaque
from ..code import ClassRef
from ..heap import SEQUENCES, Obj
from ..values import BOTTOM, TEXT, UNKNOWN, Literal, ObjRef, Value, derived, join, literal
from . import dicts, sequences

if TYPE_CHECKING:
    from ..calls import Arguments
    from ..machine import Frame, Machine

_PURE_TEXT = frozenset(
    "lower upper strip lstrip rstrip split rsplit splitlines join format replace startswith endswith title capitalize "
    "casefold removeprefix removesuffix partition rpartition isdigit isnumeric zfill find count index encode".split()
)
_PATH_USES = frozenset("mkdir exists is_file is_dir iterdir glob rglob unlink touch rmdir open stat".split())
_PATH_WRITES = frozenset("write_text write_bytes write writelines".split())
_PATH_READS = frozenset("read_text read_bytes read readlines open".split())


def call_method(m: Machine, receiver: Value, name: str, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    from ..ways_in import object_method

    out = BOTTOM
    handled = False
    strong = len(receiver.refs) == 1
    for target in receiver.refs:
        if not isinstance(target, ObjRef):
            if isinstance(target, ClassRef):
                out, handled = join(out, object_method(m, target, None, name, args, node) or UNKNOWN), True
            continue
        obj = m.state.get(target.oid)
        m.touched += 1
        found = object_method(m, target, obj, name, args, node)
        if found is None:
            found = _container(m, obj, target, name, args, strong, node)
        if found is not None:
            out, handled = join(out, found), True
    if receiver.literals:
        out, handled = join(out, _text(m, receiver, name, args)), True
    leaf = receiver.origins and not handled
    if leaf:
        return _leaf(m, receiver, name, args, node)
    if not handled:
        return opaque(m, receiver, args, node, f"method {name} of a value that is not known")
    return out


def _container(
    m: Machine, obj: Obj, target: ObjRef, name: str, args: Arguments, strong: bool, node: ast.AST
) -> Value | None:
    if obj.kind in SEQUENCES:
        if name in ("pop", "clear"):
            return dicts.MODELS[name](m, obj, target, args, node)
        return sequences.call(m, obj, target, name, args, strong, node)
    if obj.kind in ("dict", "config", "object", "namespace"):
        model = dicts.MODELS.get(name)
        if model is not None:
            return model(m, obj, target, args, node)
        if name == "fromkeys":
            return UNKNOWN
    return None


def _text(m: Machine, receiver: Value, name: str, args: Arguments) -> Value:
    """String methods on constants are computed."""
    contents = [m.content(a) for a in args.all()]
    if name in ("format", "format_map"):
        contents += _formatted(m, receiver, args)
    out = derived([receiver, *contents], TEXT)
    if name == "join":
        return _join(m, receiver, args, out)
    given = [a.only for a in args.positional]
    if name not in _PURE_TEXT or args.keywords or args.rest is not None or any(g is None for g in given):
        return out
    literals: list[Literal] = []
    values = [g.value for g in given if g is not None]
    for text in receiver.literals:
        method = getattr(text.value, name, None)
        if method is None:
            continue
        try:
            made = method(*values)
        except Exception:
            return out
        if isinstance(made, list | tuple):
            kind = "list" if isinstance(made, list) else "tuple"
            return m.sequence(kind, [literal(x, text.site) for x in made]) if len(receiver.literals) == 1 else UNKNOWN
        literals.append(Literal(made, text.site))
    if not literals:
        return out
    return Value(out.origins, tuple(literals), anything=receiver.anything, lost=out.lost)


def _formatted(m: Machine, receiver: Value, args: Arguments) -> list[Value]:
    """The keys of a tree that a format text names."""
    trees = [Value(refs=(ObjRef(o.node),)) for o in args.opens] + [v for v in args.positional if v.nodes()]
    found: list[Value] = []
    for text in receiver.literals:
        for _, field, _, _ in string.Formatter().parse(str(text.value)):
            if not field:
                continue
            first, *others = re.split(r"[.\[]", field.replace("]", ""))
            for tree in trees if first and not first.isdigit() else ():
                value = access.get_item(m, tree, literal(first, text.site), _NOWHERE)
                for part in others:
                    value = access.get_item(m, value, literal(part, text.site), _NOWHERE)
                found.append(value)
    if receiver.anything or not receiver.literals:
        for tree in trees:
            m.escape(tree, "formatted into a text that is not known", m.frame.module.tree)
    return found


_NOWHERE = ast.Pass(lineno=1, col_offset=0, end_lineno=1, end_col_offset=0)


def _join(m: Machine, receiver: Value, args: Arguments, out: Value) -> Value:
    from ..access import elements

    if len(args.positional) != 1 or receiver.only is None:
        return out
    known, others = elements(m, args.positional[0])
    texts = [k.only for k in known]
    if others is None and all(t is not None and isinstance(t.value, str) for t in texts):
        joined = receiver.only.value.join(t.value for t in texts if t is not None)
        site = next((t.site for t in texts if t is not None), None)
        return Value(out.origins, (Literal(joined, site),))
    return out


def _leaf(m: Machine, receiver: Value, name: str, args: Arguments, node: ast.AST) -> Value:
    """A method of a config value: it transforms it; paths are used; what the text is compared with stays a test."""
    _null_crash(m, receiver, name, node)
    if name in _PATH_USES:
        m.use(receiver, events.PATH, f"path: {name}", node)
    if name in _PATH_WRITES:
        for value in args.all():
            m.use(m.content(value), events.SAVED, "written to a file", node)
        m.use(receiver, events.PATH, f"path: {name}", node)
        return UNKNOWN
    if name in _PATH_READS:
        m.use(receiver, events.PATH, f"path: {name}", node)
        return derived([receiver], "loaded")
    for value in args.all():
        if value.objects() and name not in _PURE_TEXT:
            m.use(m.content(value), events.CALL, f"argument of method {name}", node)
        m.escape(value, f"handed to method {name}", node)
    callbacks(m, args, node)
    return derived([receiver, *args.all()], f"method:{name}")


def _null_crash(m: Machine, receiver: Value, name: str, node: ast.AST) -> None:
    for key, tags in receiver.origins.items():
        if not key.wild and key.path and tags <= {"attribute"}:
            guarded = any(key in g.asked for g in m.guards)
            m.observe(events.Cast(key, m.site(node), f".{name}()", guarded))
