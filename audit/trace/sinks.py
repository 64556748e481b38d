"""Ways out: which callees are training surfaces, and what a call hands to which parameter."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING

from . import events
from .calls import Arguments
from .heap import SEQUENCES, Obj
from .source import unparse
from .values import COMPARED, OPAQUE, PART, PRESENCE, TYPED, WHEN, Key, Node, ObjRef, Site, Value, join

if TYPE_CHECKING:
    from .machine import Machine

_GLINER_METHODS = frozenset(
    {"train_model", "create_training_args", "from_config", "from_pretrained", "load_from_config"}
)
_LOADERS = frozenset({"from_pretrained", "from_config"})
_TRANSFORMERS = re.compile(
    r"(TrainingArguments|Trainer|Config|Callback)$|^(get_\w*schedule\w*|get_scheduler|Adafactor|AdamW)$"
)
_PEFT = re.compile(r"Config$|^(get_peft_model|prepare_model_for_kbit_training)$")
_TRL = re.compile(r"(Config|Trainer)$")
_NO_SURFACES = frozenset({"ModelConfig", "DatasetMixtureConfig", "ScriptArguments"})
"""Records of options that a script hands on itself."""
_DECIDING = frozenset({COMPARED, TYPED, PRESENCE})
OBJECTS = frozenset(
    "model config args train_dataset eval_dataset tokenizer processing_class data_collator callbacks optimizers "
    "optimizer params dataset compute_metrics ref_model peft_config quantization_config formatting_func "
    "reward_funcs".split()
)
"""Parameters that carry objects: what a library made of a key is not the key's value."""
_EQUALITY = re.compile(
    r"""(?P<open>not \()?(?P<name>[\w.]+) (?P<sign>==|!=) (?P<value>'[^']*'|"[^"]*")(?P<close>\))?$"""
)
_WHOLE_DICT = frozenset({"from_config", "load_from_config", "from_dict"})


def sink_name(path: str) -> str | None:
    """The shortest documented import path of a training surface, or None when `path` names none."""
    parts = path.split(".")
    top, last, owner = parts[0], parts[-1], parts[-2] if len(parts) > 1 else ""
    if top == "gliner":
        return _gliner(last, owner, parts)
    if top == "transformers":
        if _TRANSFORMERS.search(last):
            return f"transformers.{last}"
        if last in _LOADERS and owner[:1].isupper():
            return f"transformers.{owner}.{last}"
        return f"transformers.{owner}.train" if last == "train" and owner.endswith("Trainer") else None
    if top == "trl":
        if _TRL.search(last) and last not in _NO_SURFACES:
            return f"trl.{last}"
        return f"trl.{owner}.train" if last == "train" and owner.endswith("Trainer") else None
    if top == "peft":
        return f"peft.{last}" if _PEFT.search(last) else f"peft.{owner}.{last}" if last in _LOADERS else None
    if top == "torch":
        return _torch(path, last)
    if top == "unsloth":
        return f"unsloth.{owner}.{last}" if last in (*_LOADERS, "get_peft_model") else None
    if top == "accelerate":
        return "accelerate.Accelerator" if last == "Accelerator" else None
    if top == "sentence_transformers":
        return f"sentence_transformers.{last}" if _TRANSFORMERS.search(last) else None
    if top in ("lightning", "pytorch_lightning"):
        return f"{top}.Trainer" if last == "Trainer" else None
    return None


def _gliner(last: str, owner: str, parts: list[str]) -> str | None:
    if last in _GLINER_METHODS and "GLiNER" in owner:
        return f"gliner.GLiNER.{last}"
    if last in ("TrainingArguments", "Trainer"):
        return f"gliner.training.{last}"
    if last == "train" and owner == "Trainer":
        return "gliner.training.Trainer.train"
    if last == "GLiNERConfig" or (last.endswith("Config") and "config" in parts):
        return f"gliner.{last}" if last == "GLiNERConfig" else f"gliner.config.{last}"
    return None


def _torch(path: str, last: str) -> str | None:
    if path.startswith("torch.optim.lr_scheduler.") and last[:1].isupper():
        return f"torch.optim.lr_scheduler.{last}"
    if path.startswith("torch.optim.") and last[:1].isupper():
        return f"torch.optim.{last}"
    if path in ("torch.utils.data.DataLoader", "torch.utils.data.dataloader.DataLoader"):
        return "torch.utils.data.DataLoader"
    return path if path == "torch.nn.utils.clip_grad_norm_" else None


def record(
    m: Machine,
    path: str,
    args: Arguments,
    node: ast.AST,
    skip: Collection[str] = (),
    receiver: str = "proven",
    written: bool = False,
) -> None:
    """Notes a call to the surface behind `path`, or an attribute `written` to what such a call made."""
    name = sink_name(path) or path
    site = m.site(node)
    arguments: list[events.Argument] = []
    opened: list[tuple[Key, frozenset[object], str]] = []
    names = m.surfaces.positional(name)
    for position, value in enumerate(args.positional):
        param = names[position] if position < len(names) else f"argument {position + 1}"
        _argument(m, name, param, value, args.nodes.get(position), site, arguments, opened)
    for param, value in args.keywords.items():
        if param not in skip:
            _argument(m, name, param, value, args.nodes.get(param), site, arguments, opened)
    for spread in args.opens:
        opened.append((spread.node.key, frozenset(spread.excluded) | frozenset(skip), "*"))
    unknown = args.unknown is not None or args.rest is not None
    if args.unknown is not None and args.unknown.origins:
        for key in args.unknown.origins:
            m.escape_key(key, f"handed to {name} under a name that is not known", site, whole=True)
    if m.quiet:
        return
    call = events.SinkCall(
        name, site, tuple(arguments), tuple(opened), tuple(m.through), m.condition(), m.in_library, receiver, unknown,
        m.frame.name, written,
    )  # fmt: skip
    _merge(m, call)


def _merge(m: Machine, call: events.SinkCall) -> None:
    """One record for each call site and chain: a loop or a second pass adds what it brings."""
    identity = (call.sink, call.site, call.through)
    m.log.count += 1
    old = m.log.calls.get(identity)
    if old is None:
        m.log.calls[identity] = call
        return
    arguments = {a.param: a for a in old.arguments}
    for new in call.arguments:
        known = arguments.get(new.param)
        arguments[new.param] = new if known is None else known._replace(value=join(known.value, new.value))
    opened = tuple(dict.fromkeys((*old.open, *call.open)))
    when = old.when if old.when == call.when else None
    m.log.calls[identity] = old._replace(arguments=tuple(arguments.values()), open=opened, when=when)


def _argument(
    m: Machine,
    name: str,
    param: str,
    value: Value,
    node: ast.expr | None,
    site: Site,
    arguments: list[events.Argument],
    opened: list[tuple[Key, frozenset[object], str]],
) -> None:
    where = m.frame.module.site(node) if node is not None else (_written(value) if value.known else None) or site
    text = unparse(node) if node is not None else ""
    whole = name.rpartition(".")[2] in _WHOLE_DICT
    if whole and _spread_whole(m, value, where, arguments, opened):
        return
    carried = value
    for target in value.refs:
        if not isinstance(target, ObjRef):
            continue
        if isinstance(target.oid, Node):
            if target.oid.path:
                opened.append((target.oid.key, frozenset(m.state.get(target.oid).fields), param))
            continue
        obj = m.state.get(target.oid)
        if obj.base is not None and obj.cls is None:
            opened.append((obj.base.key, obj.excluded | frozenset(obj.fields), param))
        if obj.kind in SEQUENCES or obj.kind == "dict":
            inner = m.content(Value(refs=(target,)))
            carried = join(carried, Value(inner.origins, lost=inner.lost).tagged(PART))
    for target in value.refs:
        if isinstance(target, ObjRef) and not isinstance(target.oid, Node) and not m.quiet:
            _carried(m, target, name, param)
    carried = _followed(m, carried, name, param, where)
    literal_text = value.known or (isinstance(node, ast.Constant))
    arguments.append(events.Argument(param, carried, where, text, literal_text))


def _followed(m: Machine, value: Value, name: str, param: str, where: Site) -> Value:
    """Origins that decide a parameter without being its value are uses; wildcards forbid denying anything."""
    if m.quiet:
        return value
    kept = {}
    guards = {g.text for g in m.guards}
    for key, tags in value.origins.items():
        if any(_excluded_by(tag, guards) for tag in tags):
            if key.path and not key.wild and not m.in_library:
                m.observe(events.Use(key, where, events.CONTROL, f"handed to {name} under conditions that exclude it"))
            continue
        if key.wild:
            m.escape_key(key, f"handed to {name} under a key that is not known", where)
        if key.wild or (tags & _DECIDING) or (OPAQUE in tags and param in OBJECTS):
            if key.path and not key.wild and not m.in_library:
                m.observe(events.Use(key, where, events.CONTROL, f"decides {param} of {name}"))
            continue
        kept[key] = tags
    return value.of(origins=kept) if len(kept) != len(value.origins) else value


def _excluded_by(tag: str, guards: Collection[str]) -> bool:
    """Did the value come by a branch that cannot hold here?"""
    return tag.startswith(WHEN) and contradicts(tag.removeprefix(WHEN), guards)


def contradicts(test: str, guards: Collection[str]) -> bool:
    """Does one of `guards` deny `test`? The same test, word for word, or the same name equal to another constant."""
    negated = test.startswith("not (") and test.endswith(")")
    if (test[5:-1] if negated else f"not ({test})") in guards:
        return True
    name, constant, equal = _equality(test)
    for guard in guards if name else ():
        other, given, alike = _equality(guard)
        if other == name and (equal is not alike if given == constant else equal and alike):
            return True
    return False


@lru_cache(maxsize=1024)
def _equality(test: str) -> tuple[str, str, bool]:
    """(name, constant, whether they are equal) of `name == "constant"` and its negations; else an empty name."""
    found = _EQUALITY.match(test)
    if found is None or (found["open"] is None) is not (found["close"] is None):
        return "", "", False
    return found["name"], found["value"][1:-1], (found["sign"] == "==") is (found["open"] is None)


def _carried(m: Machine, target: ObjRef, name: str, param: str) -> None:
    """An object of the audited code that goes into a library carries what it holds: it may be used there."""
    seen = m.state.get(target.oid)
    held = [target] if seen.cls is not None and not _is_surface_class(seen) else []
    if seen.kind in SEQUENCES:
        held += [r for v in seen.fields.values() for r in v.refs if isinstance(r, ObjRef) and _instance(m, r)]
    for one in held:
        inner = Value(refs=(one,))
        m.use(m.content(inner), events.CALL, f"carried to {param} of {name}", m.frame.module.tree)
        m.escape(inner, f"carried to {param} of {name}", m.frame.module.tree)


def _is_surface_class(obj: Obj) -> bool:
    """An arguments class of the code that derives from a library's: the library reads the fields that it declares."""
    return obj.cls is not None and any(sink_name(b) is not None for b in obj.cls.external_bases())


def _instance(m: Machine, target: ObjRef) -> bool:
    return not isinstance(target.oid, Node) and m.state.get(target.oid).cls is not None


def _written(value: Value) -> Site | None:
    return next((x.site for x in value.literals if x.site is not None), None)


def _spread_whole(
    m: Machine,
    value: Value,
    where: Site,
    arguments: list[events.Argument],
    opened: list[tuple[Key, frozenset[object], str]],
) -> bool:
    """`from_config(d)`: every key of the dict is a parameter."""
    parts: dict[str, tuple[Value, Site]] = {}
    done = False
    for _, obj in m.objects(value):
        if obj.kind not in ("dict", "config", "object", "namespace"):
            continue
        done = True
        for part, held in obj.fields.items():
            if isinstance(part, str):
                inner = _field_content(m, held)
                place = obj.key_site(part) or where
                parts[part] = (join(parts[part][0], inner), place) if part in parts else (inner, place)
        if obj.base is not None:
            opened.append((obj.base.key, obj.excluded | frozenset(obj.fields), "*"))
    arguments += [events.Argument(part, held, place, "", held.known) for part, (held, place) in parts.items()]
    return done


def _field_content(m: Machine, held: Value) -> Value:
    if any(isinstance(r, ObjRef) and not isinstance(r.oid, Node) for r in held.refs):
        inner = m.content(held)
        return Value({**inner.origins, **held.origins}, held.literals, held.refs, held.anything, held.absent, held.lost)
    return held


def record_environment(m: Machine, name: Value, value: Value, node: ast.AST) -> None:
    """`os.environ[name] = value`."""
    for part in name.literals:
        args = Arguments([], {str(part.value): value})
        record(m, "os.environ", args, node)
    if not name.literals:
        m.use(value, events.CALL, "stored in os.environ", node)
