"""Calls into libraries: surfaces are noted, wrappers and helpers are followed into their source, the rest is opaque."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from . import events, sinks, ways_in
from .builtins import standard
from .calls import Arguments, callbacks
from .code import ClassRef, FunctionRef
from .modules import library_symbol
from .uses import category, may_train, names_a_place
from .values import MINGLED, OPAQUE, ExtRef, Lost, Value, derived, external, ref

if TYPE_CHECKING:
    from .machine import Frame, Machine

_FLUENT = frozenset(
    "to cuda cpu half float bfloat16 double eval train requires_grad_ compile_for_training merge_and_unload "
    "shuffle prepare_model".split()
)
_MAKERS = frozenset({"from_pretrained", "from_config", "load_from_config", "get_peft_model", "from_dict"})
_WRAPPERS = frozenset({"gliner.GLiNER.train_model", "gliner.GLiNER.create_training_args"})
_MAX_LIBRARY_DEPTH = 6
_INSTANCE_NAMES = frozenset({"train_model", "create_training_args"})


def call_external(m: Machine, target: ExtRef, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    """A call of the symbol `target.path`."""
    path = target.path
    name = sinks.sink_name(path)
    if name is not None:
        return _surface(m, path, name, args, node, frame)
    modelled = ways_in.call(m, target, args, node, frame)
    if modelled is not None:
        return modelled
    modelled = standard.call(m, path, args, node, frame)
    if modelled is not None:
        return modelled
    followed = _follow_helper(m, path, args, node, frame)
    if followed is not None:
        return followed
    return _opaque(m, target, args, node)


def _surface(m: Machine, path: str, name: str, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    sinks.record(m, path, args, node)
    callbacks(m, args, node)
    if name in _WRAPPERS:
        made = _follow_wrapper(m, path, name, args, node, frame)
        if made is not None and name.endswith("create_training_args"):
            return external("gliner.training.TrainingArguments", True)
    method = path.rpartition(".")[2]
    owner = path.rpartition(".")[0]
    if name.startswith("unsloth.") and method == "from_pretrained":
        return m.sequence("tuple", [external(owner, True), external("transformers.PreTrainedTokenizer", True)])
    if method == "get_peft_model":
        first = args.get(0, "model")
        return first if first is not None and first.refs else external("peft.PeftModel", True)
    if method in _MAKERS:
        return external(_canonical_owner(name), True)
    if method == "train" or method == "train_model":
        return external(f"{name}()", True)
    if method == "create_training_args":
        return external("gliner.training.TrainingArguments", True)
    return external(name, True)


def _canonical_owner(name: str) -> str:
    return name.rpartition(".")[0]


def _follow_wrapper(m: Machine, path: str, name: str, args: Arguments, node: ast.AST, frame: Frame) -> Value | None:
    """From one layer of a library to the next: its body is read with the arguments of this call."""
    if len([f for f in m.frames if f.library]) >= _MAX_LIBRARY_DEPTH:
        return None
    found = library_symbol(m, path)
    if found is None:
        return None
    receiver = external(_canonical_owner(name), True)
    m.through.append(name)
    try:
        given = args.shifted(receiver) if _needs_receiver(found) else args
        return m.call(Value(refs=tuple(r for r in found.refs if not isinstance(r, ExtRef))), given, node, frame)
    finally:
        m.through.pop()


def _needs_receiver(found: Value) -> bool:
    return any(isinstance(r, FunctionRef) and r.function.owner is not None for r in found.refs)


def _follow_helper(m: Machine, path: str, args: Arguments, node: ast.AST, frame: Frame) -> Value | None:
    """A function or class of a library that gets whole configs or records: its source says what becomes of them."""
    if not m.project.is_library(path) or len([f for f in m.frames if f.library]) >= _MAX_LIBRARY_DEPTH:
        return None
    if path.startswith(("torch.", "datasets.", "accelerate.")):
        return None
    carries = any(m.held(v) for v in args.all()) or any(o.cls is not None for v in args.all() for _, o in m.objects(v))
    if not carries and not path.rpartition(".")[2].endswith("Arguments"):
        return None
    found = library_symbol(m, path)
    if found is None or not any(isinstance(r, FunctionRef | ClassRef) for r in found.refs):
        return None
    given = args.shifted(external(_canonical_owner(path), True)) if _needs_receiver(found) else args
    return m.call(Value(refs=tuple(r for r in found.refs if isinstance(r, FunctionRef | ClassRef))), given, node, frame)


def _opaque(m: Machine, target: ExtRef, args: Arguments, node: ast.AST) -> Value:
    path = target.path
    method = path.rpartition(".")[2]
    what, kind, follows = category(path)
    config = args.keywords.get("config") if path.endswith((".init", ".setup")) else None
    for value in args.all():
        if value is config:
            m.use(m.content(value), events.LOGGING, f"logged by {path}", node)
            continue
        weak = kind in events.WEAK_USES
        if names_a_place(path) and not _is_record(m, value):
            m.use(value, events.PATH, f"path: {path}", node)
            continue
        m.use(m.content(value) if weak or value.objects() else value, kind, what, node)
        if not weak:
            m.escape(value, f"handed to {path}", node)
    callbacks(m, args, node)
    if may_train(path) and kind == events.CALL and not m.inside_surface:
        for key in {key for value in args.all() for key in m.content(value).origins if key.path}:
            m.escape_key(key, f"handed to {path}, whose code is not at hand", m.site(node), whole=True)
    if method in _INSTANCE_NAMES and not m.in_library:
        sinks.record(m, f"gliner.GLiNER.{method}", args, node, receiver="likely")
        return external(f"gliner.GLiNER.{method}()", True)
    owner = path.rpartition(".")[0]
    if method in _FLUENT and owner:
        return external(owner, True)
    if method in _MAKERS and owner:
        return external(owner, True)
    made = ref(ExtRef(path if _is_class(method) else f"{path}()", True)).of(anything=True)
    if (_is_class(method) and not may_train(path)) or not follows:
        return made
    through = derived([m.content(v) for v in args.all()], OPAQUE, *((MINGLED,) if may_train(path) else ()))
    lost = tuple(Lost(m.site(node), f"handed to {path}") for v in args.all() if m.held(v))[:1]
    return Value(through.origins, refs=made.refs, anything=True, lost=(*through.lost, *lost))


def _is_record(m: Machine, value: Value) -> bool:
    """Whether a value holds others: a container of the code, or a section of a config that is known to be one."""
    shapes = [m.shape(node) for node in value.nodes()]
    return len(shapes) < len(value.objects()) or any(s is not None and s.kind in ("dict", "list") for s in shapes)


def _is_class(name: str) -> bool:
    return bool(re.match(r"_?[A-Z]\w*[a-z]", name))
