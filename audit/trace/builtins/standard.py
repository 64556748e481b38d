"""The standard library as far as values travel through it: functools, operator, copy, os, pathlib, json text, math."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from .. import access, events
from ..calls import Arguments
from ..heap import Obj
from ..values import (
    ARITH,
    BOTTOM,
    TEXT,
    UNKNOWN,
    ExtRef,
    Key,
    MakerRef,
    Node,
    ObjRef,
    PartialRef,
    Value,
    derived,
    from_key,
    join,
    literal,
    ref,
)
from . import records

if TYPE_CHECKING:
    from ..machine import Frame, Machine

Model = Callable[["Machine", Arguments, ast.AST, "Frame"], Value]


def _partial(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    held = Obj("partial")
    held.fields = {**dict(enumerate(args.positional[1:])), **args.keywords}
    if args.opens:
        first = args.opens[0]
        held.base, held.excluded, held.tags = first.node, first.excluded, first.tags
    made = m.new(held)
    return ref(PartialRef(args.get(0) or UNKNOWN, made.objects()[0]))


def _reduce(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    function = args.get(0) or UNKNOWN
    known, others = access.elements(m, args.get(1) or UNKNOWN)
    start = args.get(2)
    if start is None:
        if not known:
            return UNKNOWN
        start, known = known[0], known[1:]
    value = start
    for item in known:
        value = m.call(function, Arguments([value, item]), node, frame)
    if others is not None:
        value = join(value, m.call(function, Arguments([value, others]), node, frame))
    return value


def _wraps(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    return ref(MakerRef("identity", None))


def _first(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    return args.get(0) or UNKNOWN


def _maker(name: str) -> Model:
    def make(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
        return ref(MakerRef(name, tuple(args.positional)))

    return make


def _deepcopy(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    """A copy all the way down: writes to it do not reach the original."""
    return _duplicate(m, args.get(0) or UNKNOWN, {}, m.number())


def _duplicate(m: Machine, value: Value, done: dict[object, ObjRef], copy: int) -> Value:
    refs: list[object] = []
    for target in value.refs:
        if not isinstance(target, ObjRef):
            refs.append(target)
            continue
        if target.oid in done:
            refs.append(done[target.oid])
            continue
        original = m.state.get(target.oid)
        duplicate = original.copy()
        if isinstance(target.oid, Node):
            twin = target.oid._replace(copy=copy)
            done[target.oid] = ObjRef(twin)
            duplicate.base = twin
            if original.fields:
                duplicate.fields = {k: _duplicate(m, v, done, copy) for k, v in original.fields.items()}
                m.state.put(twin, duplicate)
        else:
            made = m.new(duplicate)
            done[target.oid] = made.refs[0]
            if duplicate.base is not None:
                duplicate.base = duplicate.base._replace(copy=copy)
            duplicate.fields = {k: _duplicate(m, v, done, copy) for k, v in original.fields.items()}
        refs.append(done[target.oid])
    return value.of(refs=tuple(refs))


def _attrgetter(m: Machine, target: MakerRef, args: Arguments, node: ast.AST) -> Value:
    owner = args.get(0) or UNKNOWN
    found = []
    for name in target.arguments:
        value = owner
        for part in str(name.only.value).split(".") if name.only is not None else []:
            value = m.get_attr(value, part, node)
        found.append(value)
    return found[0] if len(found) == 1 else m.sequence("tuple", found)


def call_maker(m: Machine, target: MakerRef, args: Arguments, node: ast.AST) -> Value:
    """Calls what a library call made."""
    if target.name == "itemgetter":
        found = [m.get_item(args.get(0) or UNKNOWN, name, node) for name in target.arguments]
        return found[0] if len(found) == 1 else m.sequence("tuple", found)
    if target.name == "attrgetter":
        return _attrgetter(m, target, args, node)
    if target.name == "methodcaller":
        name = target.arguments[0].only
        method = access.get_attr(m, args.get(0) or UNKNOWN, str(name.value) if name else "", node, called=True)
        return m.call(method, Arguments(list(target.arguments[1:])), node, m.frame)
    if target.name == "command":
        from ..ways_in.commands import run

        kind, function = target.arguments
        return run(m, kind, function, node)
    if target.name == "identity":
        return args.get(0) or UNKNOWN
    if target.name == "fields_init":
        from ..classes import fill_fields

        for _, obj in m.objects(target.arguments):
            if obj.cls is not None:
                fill_fields(m, obj.cls, target.arguments, args, node)
        return literal(None)
    return literal(None)


def _getitem(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    return m.get_item(args.get(0) or UNKNOWN, args.get(1) or UNKNOWN, node)


def _setitem(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    access.set_item(m, args.get(0) or UNKNOWN, args.get(1) or UNKNOWN, args.get(2) or UNKNOWN, node)
    return literal(None)


def _getenv(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    name = args.get(0) or UNKNOWN
    default = args.get(1)
    out = BOTTOM
    for part in name.literals:
        key = Key("env", (str(part.value),))
        m.read(key, m.site(node))
        out = join(out, from_key(key))
        if default is not None:
            access.record_default(m, key, default, node, f"{m.frame.name} getenv")
    return join(out, default if default is not None else literal(None))


def _setenv(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    from ..sinks import record_environment

    record_environment(m, args.get(0) or UNKNOWN, args.get(1) or UNKNOWN, node)
    return _getenv(m, Arguments(args.positional[:1]), node, frame)


def _environment_update(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    from ..sinks import record_environment

    for value in args.positional:
        for _, obj in m.objects(value):
            for name, held in obj.fields.items():
                record_environment(m, literal(name), held, node)
    for name, held in args.keywords.items():
        record_environment(m, literal(name), held, node)
    return literal(None)


def _joined_path(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    parts = [m.content(a) for a in args.all()]
    out = derived(parts, "path")
    known = [a.only for a in args.positional]
    if known and all(k is not None and isinstance(k.value, str) for k in known):
        text = "/".join(k.value for k in known if k is not None)
        return literal(text, known[0].site if known[0] is not None else None).of(origins=out.origins)
    return out


def _pure(tag: str) -> Model:
    def model(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
        return derived([m.content(a) for a in args.all()], tag)

    return model


def _path_use(what: str) -> Model:
    def model(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
        for value in args.all():
            m.use(value, events.PATH, f"path: {what}", node)
        return derived(args.all(), "path")

    return model


def _simple_namespace(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    from .dicts import update

    out = m.new(Obj("namespace", site=m.site(node)))
    oid = out.objects()[0]
    update(m, m.state.get(oid), ObjRef(oid), args, node)
    return out


def _default_dict(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    from .dicts import update

    out = m.new(Obj("dict", site=m.site(node)))
    oid = out.objects()[0]
    rest = Arguments([a for a in args.positional if m.objects(a)], args.keywords)
    rest.opens = args.opens
    update(m, m.state.get(oid), ObjRef(oid), rest, node)
    return out


def _chain_map(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    from .dicts import merge_into

    out = m.new(Obj("dict", site=m.site(node)))
    for value in reversed(args.positional):
        merge_into(m, out.objects()[0], value, node)
    return out


def _chain(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    from .sequences import extend

    out = m.new(Obj("list"))
    for value in args.positional:
        extend(m, out, value)
    return out


def _callers_frame(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    m.gate(node, "variables are read out of a frame")
    return UNKNOWN


def _exit(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    return BOTTOM


def _import_module(m: Machine, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    """A module by a constant name is that module; by any other it may be anything."""
    from ..modules import module_value

    name = (args.get(0) or UNKNOWN).only
    if name is None or not isinstance(name.value, str) or name.value.startswith("."):
        m.gate(node, "import_module with a name that is not known")
        return UNKNOWN
    return module_value(m, name.value)


FUNCTIONS: dict[str, Model] = {
    "importlib.import_module": _import_module,
    "functools.partial": _partial,
    "functools.reduce": _reduce,
    "functools.wraps": _wraps,
    "functools.lru_cache": lambda m, a, n, f: a.get(0) or ref(MakerRef("identity", None)),
    "functools.cache": _first,
    "operator.itemgetter": _maker("itemgetter"),
    "operator.attrgetter": _maker("attrgetter"),
    "operator.methodcaller": _maker("methodcaller"),
    "operator.getitem": _getitem,
    "operator.setitem": _setitem,
    "copy.deepcopy": _deepcopy,
    "copy.copy": lambda m, a, n, f: access_copy(m, a, n),
    "os.getenv": _getenv,
    "os.environ.get": _getenv,
    "os.environ.setdefault": _setenv,
    "os.environ.update": _environment_update,
    "os.putenv": _setenv,
    "os.path.join": _joined_path,
    "os.makedirs": _path_use("makedirs"),
    "os.mkdir": _path_use("mkdir"),
    "os.listdir": _path_use("listdir"),
    "os.path.exists": _path_use("exists"),
    "os.path.isfile": _path_use("isfile"),
    "os.path.isdir": _path_use("isdir"),
    "pathlib.Path": _joined_path,
    "types.SimpleNamespace": _simple_namespace,
    "argparse.Namespace": _simple_namespace,
    "collections.OrderedDict": _default_dict,
    "collections.defaultdict": _default_dict,
    "collections.ChainMap": _chain_map,
    "itertools.chain": _chain,
    "dataclasses.asdict": records.asdict,
    "attr.asdict": records.asdict,
    "attrs.asdict": records.asdict,
    "dataclasses.replace": records.replace,
    "attr.evolve": records.replace,
    "attrs.evolve": records.replace,
    "dataclasses.fields": records.field_names,
    "typing.cast": lambda m, a, n, f: a.get(1) or UNKNOWN,
    "ast.literal_eval": _pure("cast"),
    "json.dumps": _pure(TEXT),
    "inspect.currentframe": _callers_frame,
    "inspect.stack": _callers_frame,
    "sys._getframe": _callers_frame,
    "sys.exit": _exit,
    "os._exit": _exit,
}
PURE_PREFIXES = {
    **dict.fromkeys(("math.", "numpy.", "decimal.", "fractions.", "itertools.", "statistics."), ARITH),
    **dict.fromkeys(("string.", "textwrap.", "re.", "shlex."), TEXT),
    **dict.fromkeys(("os.path.", "pathlib."), "path"),
    "datetime.": "time",
}


def access_copy(m: Machine, args: Arguments, node: ast.AST) -> Value:
    from .dicts import copy

    value = args.get(0) or UNKNOWN
    out = BOTTOM
    for target in value.refs:
        if isinstance(target, ObjRef):
            out = join(out, copy(m, m.state.get(target.oid), target, args, node))
        else:
            out = join(out, ref(target))
    return join(out, value.of(refs=()))


def call(m: Machine, path: str, args: Arguments, node: ast.AST, frame: Frame) -> Value | None:
    """The model of a standard-library function; None when there is none."""
    model = FUNCTIONS.get(path)
    if model is not None:
        return model(m, args, node, frame)
    for prefix, tag in PURE_PREFIXES.items():
        if path.startswith(prefix) and ".random." not in path:
            for value in args.all():
                m.escape(value, f"handed to {path}", node)
            out = derived([m.content(a) for a in args.all()], tag)
            return out if prefix != "pathlib." else out.of(refs=(ExtRef(path, True),) if not out.origins else ())
    return None
