"""From facts to verdicts: the answers to the seven questions, the state of a key, and the names of DESIGN section 5.

A negative answer needs that nothing was lost: no escape of the key or of a tree above it, no construct outside the
modelled subset on the way, no spent budget. Otherwise the answer is unknown, and so is the state.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from ..dialects.names import namesakes
from . import consumed, events, flow
from .flow import Answer, EntryFlow, KeyFlow
from .governed import governs
from .layers import layer
from .mentions import Mentions
from .obeyed import obeyed
from .sinks import OBJECTS
from .values import CAST, FALSY, GUARDED, PRESENCE

if TYPE_CHECKING:
    from .machine import Machine
    from .values import Site

ENVIRONMENT = "os.environ"
_COMMAND_LINES = ("argparse", "typer", "click", "fire", "tyro", "jsonargparse", "signature", "pydantic")
_VALIDATOR = 3
"""So many checked keys make a validator; fewer are single checks."""
_PER_RUN = frozenset(
    {"output_dir", "run_name", "logging_dir", "hub_model_id", "model_id", "pretrained_model_name_or_path"}
)
_DIRECT = frozenset({CAST, FALSY, GUARDED, PRESENCE, "attribute"})
_ARGUMENTS = ("TrainingArguments", "train_model", "create_training_args")


def judge(m: Machine, entry: EntryFlow, program: bool = True) -> None:
    """Fills answers, state, confidence, namesakes and verdicts of every key of an entry.

    A `program` is started by a user; another function is called by code that may read what it leaves alone.
    """
    parameters = _parameters(m, entry)
    variables = {a.param for call in entry.calls if call.sink == ENVIRONMENT for a in call.arguments}
    has_validator = _covers(entry)
    named_constants = {h.param: h for h in entry.hard_coded}
    served = {(k.leaf, f.param) for k in entry.keys for f in k.forwarded if f.sink != ENVIRONMENT}
    _shared(m, entry, program)
    entry.trainer = consumed.trainer(m, entry)
    for key in entry.keys:
        key.namesakes = namesakes(key.key, parameters, () if strong_uses(key) else variables)
        uncertain = bool(entry.gated or key.lost)
        _answers(key, uncertain)
        key.answers["consumed"] = consumed.answer(m, key, entry.trainer)
        _state(key, uncertain)
        key.verdicts = list(_verdicts(m, key, entry, has_validator, named_constants, served))


def strong_uses(key: KeyFlow) -> list[events.Use]:
    """Uses that keep a key alive: no log line, no dump, no type test."""
    return [u for u in key.other_uses if u.category not in events.WEAK_USES]


def _parameters(m: Machine, entry: EntryFlow) -> set[str]:
    """Names of all parameters of the surfaces that this entry reaches, and that what a config writes can stand for."""
    found: set[str] = set()
    for call in entry.calls:
        if call.sink == ENVIRONMENT:
            continue
        known = layer(m, call.sink)
        if known is not None:
            found |= set(known.parameters)
        found |= {a.param for a in call.arguments}
    if any(c.sink.endswith(_ARGUMENTS) for c in entry.calls):
        base = layer(m, "transformers.TrainingArguments")
        found |= set(base.parameters) if base is not None else set()
    return found - (OBJECTS - {h.param for h in entry.hard_coded if isinstance(h.value, str)})


def _where(site: Site) -> str:
    return f"{site.file}:{site.line}"


def _answers(key: KeyFlow, uncertain: bool) -> None:
    no = Answer(flow.UNKNOWN if uncertain else flow.NO)
    accepted = {f.accepted for f in key.forwarded}
    refused = next((f for f in key.forwarded if f.accepted == flow.NO), None)
    taken = next((f for f in key.forwarded if f.accepted == flow.YES), None)
    key.answers = {
        "declared": _first((d.site for d in key.declared), Answer(flow.NO)),
        "validated": _first((c.site for c in key.validated), no),
        "read": _first((r.site for r in key.reads), no),
        "forwarded": _first((f.site for f in key.forwarded), no),
        "accepted": Answer(flow.NO, _where(refused.site)) if refused is not None
        else Answer(flow.YES, _where(taken.site)) if taken is not None and accepted == {flow.YES}
        else Answer(flow.UNKNOWN),
        "consumed": Answer(flow.UNKNOWN),
        "effective": Answer(flow.UNKNOWN),
    }  # fmt: skip
    if key.answers["read"].value != flow.YES and (key.forwarded or key.other_uses):
        site = key.forwarded[0].site if key.forwarded else key.other_uses[0].site
        key.answers["read"] = Answer(flow.YES, _where(site))


def _first(sites: Iterable[Site], otherwise: Answer) -> Answer:
    site = next(iter(sites), None)
    return Answer(flow.YES, _where(site)) if site is not None else otherwise


def _state(key: KeyFlow, uncertain: bool) -> None:
    key.confidence = "proven"
    if key.forwarded:
        key.state = flow.FORWARDED
        if all(f.confidence == "likely" for f in key.forwarded):
            key.confidence = "likely"
    elif strong_uses(key):
        key.state = flow.USED
    elif uncertain:
        key.state, key.confidence = flow.UNKNOWN, flow.UNKNOWN
    elif _checked(key):
        key.state = flow.CHECKED
    else:
        key.state = flow.DEAD


def library_files(m: Machine) -> frozenset[str]:
    """Files of library modules that were read: what they declare is not the user's."""
    return frozenset(module.file for module in m.project.modules.values() if module is not None and module.library)


def _verdicts(
    m: Machine,
    key: KeyFlow,
    entry: EntryFlow,
    has_validator: bool,
    constants: dict[str, flow.HardCoded],
    served: set[tuple[str, str]],
) -> Iterable[str]:
    if key.kind == "constant":
        return
    uncertain = bool(entry.gated or key.lost)
    library = library_files(m)
    used = strong_uses(key)
    reached = {f.param for f in key.forwarded if f.sink != ENVIRONMENT}
    # `model.push_to_hub(key)` does what the parameter of that name would ask for
    called = {use.what.rpartition(".")[2] for use in used if use.category != events.SEED}
    taken = {f.param for f in key.forwarded} | called
    missed = [n for n in key.namesakes if n not in taken and not _chosen(key, n, entry)]
    if used or key.kind == "config":
        missed = [n for n in missed if (key.leaf, n) not in served and not governs(m, key, n, entry)]
    missed = [n for n in missed if n in constants or not obeyed(m, key, n)]
    if _checked(key) and not key.forwarded and not uncertain and (not used or missed) and key.kind != "env":
        yield "validated-but-not-forwarded"
    single = key.kind == "config" and not key.key.endswith("*")
    if reached and not key.validated and has_validator and single and not uncertain:
        yield "forwarded-but-unvalidated"
    ours = any(d.site.file not in library for d in key.declared)
    if ours and not key.forwarded and not used and not uncertain and key.kind != "env":
        yield "dead-field"
    if used and not key.forwarded and missed and not uncertain:
        yield "used-elsewhere-only"
    if any(n in constants for n in missed) and not reached:
        yield "hard-coded-ignores-key"
    if key.swallowed and not key.forwarded:
        yield "swallowed-by-kwargs"
    yield from _value_verdicts(m, key, entry)


def _shared(m: Machine, entry: EntryFlow, program: bool) -> None:
    """Nothing can be denied of a key that is declared for more than this entry, when other code may read it."""
    if entry.gated:
        return
    mentions = Mentions(m.project)
    for key in entry.keys:
        homes = {d.site.file: d.by for d in key.declared if d.site.file.endswith((".py", ".ipynb"))}
        written = set(entry.given) & {d.by for d in key.declared}
        if key.forwarded or (program and not homes and not written):
            continue
        trail: flow.LostTrail | None = None
        if not program:
            if "signature" not in homes.values() or "." in entry.entry:
                place = key.declared[0].site if key.declared else m.project.main.site(m.project.main.tree)
                trail = flow.LostTrail(place, f"what calls {entry.entry} may use it too", key.key)
        elif m.project.main.file not in homes and not strong_uses(key):
            other = mentions.of(key.leaf) if homes else mentions.beside(key.key.split("."), written)
            trail = flow.LostTrail(other, "another file of the project reads it", key.key) if other else None
        if trail is not None:
            key.lost.append(trail)
            entry.lost.append(trail)


def _chosen(key: KeyFlow, param: str, entry: EntryFlow) -> bool:
    """`if cfg.load_in_4bit: Config(load_in_4bit=True)`: the key decides what the namesake gets."""
    word = re.compile(rf"\b{re.escape(key.leaf)}\b")
    given = [c for c in entry.calls if any(a.param == param for a in c.arguments)]
    return any(c.when is not None and word.search(c.when) for c in given)


def _covers(entry: EntryFlow) -> bool:
    """Does this entry load its config and validate most of what it forwards? Then a key without a check is a gap."""
    if any(s.kind == "config" and s.what.startswith("parameter") for s in entry.sources):
        return False
    forwarded = [k for k in entry.keys if k.kind == "config" and k.forwarded and not k.key.endswith("*")]
    known = [k for k in forwarded if _checked(k)]
    return len(known) >= _VALIDATOR and 2 * len(known) >= len(forwarded)


def _checked(key: KeyFlow) -> bool:
    """Does the code itself validate the key, beyond the type that a command line gives to every option?"""
    return any(c.kind != "type" or not c.by.startswith(_COMMAND_LINES) for c in key.validated)


def _value_verdicts(m: Machine, key: KeyFlow, entry: EntryFlow) -> Iterable[str]:
    if default_mismatch(key, library_files(m)) is not None:
        yield "default-mismatch"
    if falsy(m, key):
        yield "falsy-or"
    if _overridden(key, entry):
        yield "overridden-after-read"
    if mapped_away(key):
        yield "value-mapped-away"
    absent = entry.given and key.kind == "config" and not set(entry.given) & {d.by for d in key.declared}
    if absent and any(not r.guarded for r in key.reads) and not key.key.endswith("*"):
        yield "read-but-absent"
    if null_crash(key):
        yield "null-crash"


def first_naming(key: KeyFlow) -> list[flow.LayerDefault]:
    """For each parameter that the key reaches, the first layer of the library that names it: it alone counts."""
    replaced = {f.param for f in key.forwarded if f.falsy and f.library}
    given = {f.param for f in key.forwarded if not f.through}
    out = []
    for forward in key.forwarded:
        if forward.param not in given or forward.conditional:
            continue
        if forward.param in replaced or forward.param in _PER_RUN or not forward.tags <= _DIRECT:
            continue
        named = [d for d in key.defaults if d.library and d.param == forward.param]
        found = next((d for d in named if d.layer == forward.sink), None)
        if found is not None and not any(d.layer in forward.through for d in named):
            out.append(found)
    return out


def default_mismatch(
    key: KeyFlow, libraries: Collection[str] = ()
) -> tuple[flow.LayerDefault, flow.LayerDefault] | None:
    """(the script's default, which wins; the library's) when both are constants and differ."""
    own = [d for d in key.defaults if not d.library and d.file not in libraries]
    script = [d for d in own if d.kind == "value" and d.value not in (None, {})]
    for library in first_naming(key):
        if library.kind != "value" or not script or (library.value is None and script[0].value in (None, "", [])):
            continue
        if not same(script[0].value, library.value):
            return script[0], library
    return None


def same(a: Any, b: Any) -> bool:
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    return bool(a == b)


def falsy(m: Machine, key: KeyFlow) -> bool:
    """A legal 0 or False gives way on the way to a parameter: text and null are replaced on purpose."""
    ways = falsy_ways(key)
    if not ways or any(r.other is not None and not r.other.value for r in key.replaced):
        return False
    kinds = {w for d in key.declared if d.type for w in re.findall(r"\w+", d.type)}
    kinds |= {type(d.value).__name__ for d in key.defaults if d.value is not None}
    typed = kinds & {"int", "float", "bool", "str", "dict", "list"}
    candidates = [v for v, names in ((0, {"int", "float"}), (False, {"bool"})) if not typed or kinds & names]
    return any(_legal(m, key, way, value, bool(typed)) for way in ways for value in candidates)


def falsy_ways(key: KeyFlow) -> list[flow.Forward]:
    """The ways to a parameter on which a falsy value is replaced: of the value itself, and to no name or path."""
    ways = [f for f in key.forwarded if f.falsy and f.sink != ENVIRONMENT and f.param not in _PER_RUN]
    return [f for f in ways if f.tags <= _DIRECT - {"attribute"}]


def _legal(m: Machine, key: KeyFlow, way: flow.Forward, value: object, typed: bool) -> bool:
    """Would the validator and the surface take this value?"""
    bounds = [v for c in key.validated if c.kind == "range" for v in c.values if isinstance(v, tuple)]
    if any(sign in ("<=", ">") and bound == 0 for sign, bound in bounds):
        return False
    surface = m.surfaces.surface(way.sink)
    parameter = surface.parameters.get(way.param) if surface is not None else None
    if parameter is None:
        return typed and (surface is None or surface.extra != "refused")
    if FALSY not in way.tags and parameter.default == value and type(parameter.default) is type(value):
        return False
    from ...schemas.validate import is_valid

    return is_valid(parameter.schema, value)


def _overridden(key: KeyFlow, entry: EntryFlow) -> bool:
    if key.state not in (flow.CHECKED, flow.DEAD):
        return False
    written = {h.site for h in entry.hard_coded}
    return any(o.by is not None and o.by.site in written for o in key.overwritten)


def null_crash(key: KeyFlow) -> list[events.Cast]:
    """Conversions that no test guards, of a key that is null when the user says nothing."""
    null = any(d.kind == "value" and d.value is None and not d.library for d in key.defaults)
    return [c for c in key.casts if not c.guarded] if null else []


def mapped_away(key: KeyFlow) -> list[events.Mapping]:
    """Lookups that turn a value which the validator accepts into another one."""
    enums = [set(c.values) for c in key.validated if c.kind == "enum" and c.values]
    allowed = set.intersection(*enums) if enums else None
    out = []
    for lookup in key.mapped:
        if lookup.raises or not lookup.default_text or lookup.default_text == "None":
            continue
        if allowed is None or allowed - set(lookup.table):
            out.append(lookup)
    return out
