"""Derives, by changing one key at a time, where each key goes: the labels must equal this."""

from __future__ import annotations

import contextlib
from typing import Any

from .record import OBJECT_PARAMS, Edge, Recorder, is_optional
from .run import execute
from .snippet import MISSING, Snippet


class Facts:
    """What execution saw of one key.

    ``data``: parameters that carry the value; ``influence``: parameters that change with it without carrying it
    (control flow, objects); ``uses``: anything else that changed but a log line; ``logged``; ``rejects``: a value
    of ``reject`` stopped the run; ``strange``: an in-domain probe stopped it.
    """

    def __init__(self) -> None:
        self.data: set[Edge] = set()
        self.influence: set[Edge] = set()
        self.uses = False
        self.logged = False
        self.rejects = False
        self.strange: list[str] = []

    def states(self) -> list[str]:
        """Accepted answers for the state, the natural one first."""
        if self.data:
            return ["forwarded"]
        if self.influence:
            return ["used-elsewhere", "forwarded"]
        if self.uses:
            return ["used-elsewhere"]
        if self.rejects:
            return ["checked-only", "used-elsewhere"] if self.logged else ["checked-only"]
        return ["dead", "used-elsewhere"] if self.logged else ["dead"]


def probes(base: Any) -> list[Any]:
    """At least two other values of the kind of ``base``, none of them falsy."""
    if isinstance(base, bool):
        return [not base]
    if isinstance(base, int):
        return [abs(base) * 3 + 1, abs(base) * 5 + 2]
    if isinstance(base, float):
        return [round(base * 1.5 + 0.001, 9), round(base * 2.5 + 0.003, 9)]
    if isinstance(base, str):
        with contextlib.suppress(ValueError):
            number = float(base)
            return [str(int(number) * 3 + 1), str(int(number) * 5 + 2)] if base.isdigit() else ["3.5e-3", "7.5e-3"]
        return [f"{base}_probe", f"{base}_other"]
    if isinstance(base, list):
        return [[*base, *base[:1]], [*base, *base[:1], *base[:1]]] if base else [["p1"], ["p1", "p2"]]
    return ["probe_a", "probe_b"]


def carries(value: Any, probe: Any) -> bool:
    """Whether ``value``, as it arrived, holds ``probe``: itself, cast, formatted or inside a container."""
    if isinstance(value, dict):
        return any(carries(item, probe) for item in value.values())
    if isinstance(value, list):
        return value == probe or any(carries(item, probe) for item in value)
    if isinstance(probe, bool) or isinstance(value, bool):
        if str(value).lower() == str(probe).lower():
            return True
        return isinstance(probe, bool) and isinstance(value, str) and value == str(int(probe))
    if isinstance(probe, list):
        return bool(probe) and all(carries(value, item) for item in probe)
    with contextlib.suppress(TypeError, ValueError):
        if float(value) == float(probe):
            return True
    return value == probe or (isinstance(value, str) and len(str(probe)) > 1 and str(probe) in value)


def _edges(facts: Facts, base: Recorder, base_value: Any, runs: list[tuple[Any, Recorder]]) -> None:
    for edge in sorted({e for _, run in runs for e in run.sinks} | set(base.sinks)):
        before = base.sinks.get(edge, [])
        after = [(probe, run.sinks.get(edge, [])) for probe, run in runs]
        changed = [(probe, values) for probe, values in after if values != before]
        if not changed:
            continue
        sink, param = edge
        if isinstance(changed[0][0], bool) and isinstance(base_value, bool):
            carried = bool(before) and carries(before, base_value) and all(carries(v, p) for p, v in changed)
        else:
            carried = any(carries(values, probe) for probe, values in changed)
        same_calls = all(len(values) == len(before) for _, values in after)
        distinct = {repr(before), *(repr(values) for _, values in after)} if same_calls else set()
        solid = (carried or len(distinct) >= 3) and param not in OBJECT_PARAMS and not sink.endswith(":group")
        if solid and not is_optional(sink):
            facts.data.add(edge)
        else:
            facts.influence.add((sink.removesuffix(":group"), param))


def derive(snippet: Snippet) -> dict[str, Facts]:
    """The facts of every key, joined over the variants that the labels state."""
    out = {key: Facts() for key in snippet.keys}
    for variant in [{}, *snippet.labels.get("variants", [])]:
        base = execute(snippet, variant)
        if base.error and variant == {} and not snippet.labels.get("crashes"):
            raise AssertionError(f"{snippet.name}: the shipped config stops with {base.error}: {base.logs[-1:]}")
        for key, entry in snippet.keys.items():
            value = variant.get(key, snippet.base(key))
            runs = []
            for probe in entry.get("probes", probes(None if value is MISSING else value)):
                run = execute(snippet, {**variant, key: probe})
                if run.error and not base.error:
                    out[key].strange.append(f"{probe!r}: {run.error} {run.logs[-1:]}")
                    out[key].uses = True
                else:
                    runs.append((probe, run))
            _edges(out[key], base, value, runs)
            out[key].uses |= any(run.other != base.other for _, run in runs)
            out[key].logged |= any(run.logs != base.logs for _, run in runs)
            for bad in entry.get("reject", []):
                out[key].rejects |= execute(snippet, {**variant, key: bad}).error not in (None, base.error)
    for facts in out.values():
        facts.influence -= facts.data
    return out
