"""From what one entry observed to the facts of each key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from . import events, flow
from .choices import written
from .layers import Layer, layer
from .objects import frozen, plain, thawed
from .values import FALSY, GUARDED, OPAQUE, WHEN, Key, Literal, Path, Site, Value

if TYPE_CHECKING:
    from .events import SinkCall
    from .flow import EntryFlow, KeyFlow
    from .machine import Machine

_NESTABLE = ("dict", "Dict", "Mapping", "Any")


Given = Mapping[str, Mapping[tuple[Any, ...], Site]]


class Assembly:
    """Collects the facts of one entry; `result` is filled by `run`."""

    def __init__(self, m: Machine, entry: str, given: Given, references: Mapping[str, list[str]]) -> None:
        self.m = m
        self.log = m.log
        self.result = flow.EntryFlow(entry, steps=m.steps)
        self.given = given
        self.references = references
        self.keys: dict[Key, KeyFlow] = {}
        self.leaves: set[Key] = set()
        self.names: dict[Key, Key] = {}
        self.forwards: set[tuple[int, flow.Forward]] = set()

    def run(self) -> EntryFlow:
        self._find_keys()
        for record in self.log.of(events.Declared):
            self._of(record.key).declared.append(record)
        for kind, place in (
            (events.Check, "validated"), (events.Read, "reads"), (events.Use, "other_uses"), (events.Mapping, "mapped"),
            (events.Replacement, "replaced"), (events.Cast, "casts"), (events.Overwrite, "overwritten"),
            (events.Swallowed, "swallowed"),
        ):  # fmt: skip
            for record in self.log.of(kind):
                if record.key.path and not record.key.wild:
                    getattr(self._of(record.key), place).append(self._of_leaf(record))
        for call in self.log.calls.values():
            self._call(call)
        self._sections()
        self._written_over()
        self._interpolated()
        self._constants()
        self._defaults()
        self._losses()
        self._never_loaded()
        self.result.sources = [s._replace(mixed=s.number in self.log.mixed) for s in self.log.sources]
        self.result.given = list(self.given)
        self.result.keys = [key for own, key in self.keys.items() if self._shown(own, key)]
        return self.result

    # -- keys ----------------------------------------------------------------------------------------------------

    def _find_keys(self) -> None:
        """Every key that anything speaks of; a path longer than a leaf is a transform of that leaf."""
        found: dict[Key, None] = {}
        for kind in (events.Declared, events.Read, events.Check, events.Use):
            found.update({r.key: None for r in self.log.of(kind) if r.key.path and not r.key.wild})
        for call in self.log.calls.values():
            for argument in call.arguments:
                found.update({k: None for k in argument.value.origins if k.path and not k.wild})
        leaves = {r.key for r in self.log.of(events.Declared) if not self._may_nest(r)}
        options = {k.path: k for k in found if k.kind == "option"}
        parsed = any(p == Key("option", ()) for c in self.log.calls.values() for p, _, _ in c.open)
        for file, entries in self.given.items():
            for path, site in entries.items():
                key = options.get(path) or Key("option" if parsed and len(path) == 1 else "config", path)
                found.setdefault(key, None)
                leaves.add(key)
                self.log.add(events.Declared(key, site, file))
        leaves -= {Key(k.kind, k.path[:n]) for k in leaves for n in range(1, len(k.path))}
        for key in found:
            self.names[key] = self._leaf_of(key, leaves)
        sections = {Key(k.kind, k.path[:n]) for k in self.names.values() for n in range(1, len(k.path))}
        for key in found:
            leaf = self.names[key]
            while leaf.path and isinstance(leaf.path[-1], int):
                leaf = Key(leaf.kind, leaf.path[:-1])
            self.names[key] = leaf
            if leaf not in sections or leaf in leaves:
                self.leaves.add(leaf)

    @staticmethod
    def _may_nest(record: events.Declared) -> bool:
        return record.type is not None and any(t in record.type for t in _NESTABLE)

    @staticmethod
    def _leaf_of(key: Key, leaves: set[Key]) -> Key:
        for length in range(1, len(key.path)):
            shorter = Key(key.kind, key.path[:length])
            if shorter in leaves:
                return shorter
        return key

    def _of_leaf(self, record: Any) -> Any:
        """`"wandb" in cfg.report_to` tests the presence of a part only where the key is a section; a leaf is used."""
        if isinstance(record, events.Use) and record.category == events.TYPE_TEST:
            leaf = self.names.get(record.key, record.key)
            if len(leaf.path) < len(record.key.path):
                return record._replace(category=events.CONTROL, what="control flow")
        return record

    def _of(self, key: Key, suffix: str = "") -> KeyFlow:
        leaf = self.names.get(key, key)
        if suffix:
            leaf = Key(leaf.kind, (*leaf.path, suffix))
        known = self.keys.get(leaf)
        if known is None:
            known = self.keys[leaf] = flow.KeyFlow(leaf.name, leaf.kind)
        return known

    def _shown(self, own: Key, key: KeyFlow) -> bool:
        """Sections are shown only when something else than their parts is known of them."""
        if own.kind in ("constant", "field"):
            return bool(key.forwarded or key.declared)
        if own in self.leaves or own.path[-1:] == ("*",):
            return True
        return bool(key.forwarded)

    def _sections(self) -> None:
        """A section that is handed over whole is spoken of by its row `section.*`, which takes what is known of it."""
        for own in [k for k, key in self.keys.items() if not key.forwarded and not key.declared]:
            whole = self.keys.get(Key(own.kind, (*own.path, "*")))
            if whole is None or not whole.forwarded:
                continue
            section = self.keys.pop(own)
            whole.validated += section.validated
            whole.reads += section.reads
            whole.other_uses += section.other_uses

    def _written_over(self) -> None:
        """`args.seed = 1` after `args` was made: the surface got the key, but the run may not see it."""
        writes = [call for call in self.log.calls.values() if call.written]
        later = {call.site for call in writes}
        written = {(call.sink, a.param) for call in writes for a in call.arguments}
        for key in self.keys.values():
            names = {o.where for o in key.overwritten}
            own = {(f.sink, f.param) for f in key.forwarded if f.call in later}
            key.forwarded = [
                replace(f, confidence="likely") if f.param in names or (f.sink, f.param) in written - own else f
                for f in key.forwarded
            ]

    def _interpolated(self) -> None:
        """`out: runs/${project}`: what becomes of `out` becomes of `project` too."""
        known = {key.key: key for key in self.keys.values()}
        for name, targets in self.references.items():
            holder = known.get(name)
            for target in targets:
                referred = known.get(target)
                if holder is None or referred is None:
                    continue
                referred.forwarded += [f for f in holder.forwarded if f not in referred.forwarded]
                referred.other_uses += [u for u in holder.other_uses if u not in referred.other_uses]

    def _constants(self) -> None:
        """Constants of the code are keys where a neighbour reaches a surface: same module (capitals), class or dict."""
        reaching = {
            self.m.constants[own].group for own, key in self.keys.items() if own in self.m.constants and key.forwarded
        }
        for own, constant in self.m.constants.items():
            capitals = own.kind == "field" or len(own.path) > 1 or own.name.isupper()
            if constant.group not in reaching or not (capitals or own in self.keys):
                continue
            key = self._of(own)
            key.declared.append(events.Declared(own, constant.site, f"constant in {constant.group}"))
            site = constant.site
            value = thawed(frozen(constant.value))
            key.defaults.append(
                flow.LayerDefault(constant.group, "value", value, None, site.file, site.line, False, site)
            )

    # -- calls ---------------------------------------------------------------------------------------------------

    def _call(self, call: SinkCall) -> None:
        arguments = []
        for argument in call.arguments:
            value = argument.value
            gone = _giving_way(value)
            for key, tags in value.origins.items():
                if not key.path or key.wild:
                    continue
                if (value.absent or call.written) and self._accepted(call.sink, argument.param) == flow.NO:
                    trail = flow.LostTrail(argument.site, f"a test keeps {argument.param} from {call.sink}, or not")
                    self._of(key).lost.append(trail)
                    continue
                if key in gone:
                    tags |= {FALSY}
                    replaced = events.Replacement(key, argument.site, gone[key], argument.text)
                    self._of(key).replaced.append(replaced)
                self._forward(key, call, argument.param, argument.site, tags)
            known, constant, _ = plain(self.m, value.of(origins={}, absent=False))
            only = known and not value.lost
            names = tuple(dict.fromkeys(self.names.get(k, k).name for k in value.origins if k.path and not k.wild))
            shown, places = thawed(frozen(constant)), written(self.m, value)
            arguments.append(
                flow.CallArgument(
                    argument.param, only, shown, names, argument.site, argument.text, value.absent, places
                )
            )
            constant_key = [k for k in value.origins if k in self.m.constants]
            if only and not call.layer and (not value.origins or len(constant_key) == len(value.origins)):
                self.result.hard_coded.append(flow.HardCoded(call.sink, argument.param, shown, argument.site))
        for prefix, excluded, param in call.open:
            self._spread(call, prefix, excluded, param)
        self.result.calls.append(
            flow.Call(
                call.sink,
                call.site,
                tuple(arguments),
                not call.unknown and all(param != "*" for _, _, param in call.open),
                call.through,
                call.when,
                call.function,
                call.layer,
                call.written,
            )
        )

    def _spread(self, call: SinkCall, prefix: Key, excluded: frozenset[Any], param: str) -> None:
        """A subtree that is handed over whole: a row for the subtree, and one for each key of it that is known."""
        depth = len(prefix.path)
        if prefix.wild:
            return
        if prefix.path and param == "*":
            self.leaves.add(Key(prefix.kind, (*prefix.path, "*")))
            self._add(self._of(prefix, "*"), call, "*", call.site, frozenset())
        known = layer(self.m, call.sink)
        for key in [
            k for k in self.leaves if k.kind == prefix.kind and len(k.path) > depth and k.path[:depth] == prefix.path
        ]:
            part = key.path[depth]
            if part in excluded or part == "*":
                continue
            if prefix.kind == "option" and not prefix.path and _refuses(known, part):
                continue
            self._add(self._of(key), call, str(part) if param == "*" else param, call.site, frozenset())

    def _forward(self, key: Key, call: SinkCall, param: str, site: Site, tags: frozenset[str]) -> None:
        self._add(self._of(key), call, param, site, tags)

    def _add(self, key: KeyFlow, call: SinkCall, param: str, site: Site, tags: frozenset[str]) -> None:
        conditions = [t.removeprefix(WHEN) for t in sorted(tags) if t.startswith(WHEN)]
        conditional = bool(conditions)
        if call.when is not None:
            conditions.insert(0, call.when)
        likely = OPAQUE in tags or call.receiver != "proven"
        record = flow.Forward(
            call.sink, param, site, call.site, call.through, " and ".join(conditions) or None,
            "likely" if likely else "proven", bool(tags & {FALSY, GUARDED}),
            frozenset(t for t in tags if not t.startswith(WHEN)), self._accepted(call.sink, param), call.layer,
            conditional,
        )  # fmt: skip
        if (id(key), record) not in self.forwards:
            self.forwards.add((id(key), record))
            key.forwarded.append(record)

    def _accepted(self, sink: str, param: str) -> str:
        known = layer(self.m, sink)
        if known is None or param == "*" or sink == "os.environ":
            return flow.YES if sink == "os.environ" else flow.UNKNOWN
        if param in known.parameters:
            return flow.YES
        return flow.NO if known.complete and not known.forwards else flow.UNKNOWN

    # -- defaults ------------------------------------------------------------------------------------------------

    def _defaults(self) -> None:
        for record in self.log.of(events.Default):
            if record.key.path and not record.key.wild:
                self._of(record.key).defaults.append(
                    flow.LayerDefault(
                        record.layer,
                        record.kind,
                        thawed(record.value),
                        record.expression,
                        record.site.file,
                        record.site.line,
                        False,
                        record.site,
                    )
                )
        for key in self.keys.values():
            seen = {(d.layer, d.param) for d in key.defaults}
            for forward in key.forwarded:
                known = layer(self.m, forward.sink)
                parameter = known.parameters.get(forward.param) if known is not None else None
                if parameter is None or (forward.sink, forward.param) in seen:
                    continue
                seen.add((forward.sink, forward.param))
                key.defaults.append(
                    flow.LayerDefault(
                        forward.sink,
                        parameter.kind,
                        thawed(parameter.value),
                        parameter.expression,
                        parameter.file,
                        parameter.line,
                        True,
                        None,
                        forward.param,
                    )
                )

    # -- what was lost -------------------------------------------------------------------------------------------

    def _never_loaded(self) -> None:
        """Where no load of a file was seen, nothing can be denied of the keys of a file that the user gave."""
        if not self.given or self.log.sources:
            return
        for own, key in self.keys.items():
            declared = next((d for d in key.declared if d.by in self.given), None)
            if own.kind == "config" and not key.reads and declared is not None:
                trail = flow.LostTrail(declared.site, f"no load of {declared.by} was seen", key.key)
                key.lost.append(trail)
                self.result.lost.append(trail)

    def _losses(self) -> None:
        for gate in self.log.of(events.Gate):
            trail = flow.LostTrail(gate.site, gate.reason)
            self.result.gated.append(trail)
            self.result.lost.append(trail)
        concerned: dict[tuple[str, Path, bool], list[KeyFlow]] = {}
        for escape in self.log.of(events.Escape):
            if "*" in escape.path:
                escape = escape._replace(path=escape.path[: escape.path.index("*")])
            whose = (escape.kind, escape.path, escape.whole)
            if whose not in concerned:
                concerned[whose] = list(self._concerned(*whose))
            for key in concerned[whose]:
                key.lost.append(flow.LostTrail(escape.site, escape.reason, key.key))
            name = Key(escape.kind, escape.path).name
            if concerned[whose]:
                leaf = escape.whole and Key(escape.kind, escape.path) in self.leaves
                shown = name if leaf else f"{name}.*" if name else "*"
                self.result.lost.append(flow.LostTrail(escape.site, escape.reason, shown))
        for source, reached in self._lost_values():
            self._of(source).lost.append(reached)
            self.result.lost.append(reached)
        self.result.lost = list(dict.fromkeys(self.result.lost))

    def _concerned(self, kind: str, path: Path, whole: bool) -> Iterator[KeyFlow]:
        """The keys below a subtree; with `whole` its own too."""
        depth = len(path)
        for own, key in self.keys.items():
            below = len(own.path) > depth or (whole and len(own.path) == depth)
            if own.kind == kind and below and own.path[:depth] == path:
                yield key

    def _lost_values(self) -> list[tuple[Key, flow.LostTrail]]:
        found = []
        for call in self.log.calls.values():
            for argument in call.arguments:
                for trail in argument.value.lost:
                    for key in argument.value.origins:
                        if key.path and not key.wild:
                            found.append((key, flow.LostTrail(trail.site, trail.reason, key.name)))
        return found


def _giving_way(value: Value) -> dict[Key, Literal]:
    """Keys whose falsy value gives way to a constant by a truth test, `lr if lr else 5e-5`, and the constant."""
    only = value.literals[0] if len(value.literals) == 1 and not (value.refs or value.absent) else None
    if only is None or not only.value:
        return {}
    plain = {k: t for k, t in value.origins.items() if GUARDED in t and not any(tag.startswith(WHEN) for tag in t)}
    return {key: only for key, tags in plain.items() if FALSY not in tags}


def _refuses(known: Layer | None, part: object) -> bool:
    """Is it certain that this surface has no such parameter?"""
    return known is not None and known.complete and not known.forwards and part not in known.parameters
