"""Scores the tracer on a folder of the micro corpus (tests/micro/README.md): edges, states, false negative claims."""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from collections.abc import Container
from pathlib import Path
from typing import NamedTuple

import yaml
from gliner_audit.audit.trace import trace
from gliner_audit.audit.trace.flow import EntryFlow, KeyFlow

NEGATIVE = frozenset({"dead", "checked-only"})


class Score(NamedTuple):
    """Counts over the labelled keys of one snippet; `wrong` explains every miss and every false claim."""

    true: int
    false: int
    missed: int
    states: int
    right_states: int
    false_proven: int
    unknown: int
    proven: int
    wrong: tuple[str, ...]


def score(folder: Path) -> Score:
    """Traces `folder/script.py` and compares it with its labels."""
    labels = json.loads((folder / "labels.json").read_text())
    flow = trace(str(folder / "script.py"), root=str(folder), configs=configs(folder))
    true = false = missed = states = right = false_proven = unknown = proven = 0
    wrong: list[str] = []
    for name, label in labels["keys"].items():
        found = _facts(flow.entries, label.get("key", name))
        edges = {(f.sink, f.param) for k in found for f in k.forwarded if not f.through and not k.key.endswith("*")}
        wanted = {tuple(e) for e in label.get("forwarded", ())}
        allowed = wanted | {tuple(e) for e in label.get("may", ())}
        true += len(edges & wanted)
        extra, lacking = sorted(edges - allowed), sorted(wanted - edges)
        false += len(extra)
        missed += len(lacking)
        wrong += [f"{name}: false edge {e}" for e in extra] + [f"{name}: missed edge {e}" for e in lacking]
        state = strongest(found)
        states += 1
        right += state in label["state"]
        unknown += state == "unknown"
        if state not in label["state"]:
            wrong.append(f"{name}: state {state}, expected {label['state']}")
        if state in NEGATIVE:
            proven += 1
            if not set(label["state"]) & NEGATIVE:
                false_proven += 1
                wrong.append(f"{name}: FALSE PROVEN {state}, expected {label['state']}")
    return Score(true, false, missed, states, right, false_proven, unknown, proven, tuple(wrong))


def totals(half: Path, without: Container[str] = ()) -> Counter[str]:
    """Sums over the snippets of `half`, bar those named `group/snippet` in `without`.

    Edges of the group `must_abstain` are counted apart, as `abstaining_true`, `abstaining_false`, `abstaining_missed`.
    """
    out: Counter[str] = Counter()
    for labels in sorted(half.rglob("labels.json")):
        group = labels.parent.parent.name
        if f"{group}/{labels.parent.name}" in without:
            continue
        result = score(labels.parent)
        abstaining = "abstaining_" if group == "must_abstain" else ""
        for name in ("true", "false", "missed"):
            out[abstaining + name] += getattr(result, name)
        for name in ("states", "right_states", "false_proven", "proven"):
            out[name] += getattr(result, name)
    return out


def configs(folder: Path) -> dict[str, object]:
    """The config files that the snippet ships."""
    out: dict[str, object] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".yaml", ".yml"):
            out[path.name] = yaml.safe_load(path.read_text())
        elif path.suffix == ".json" and path.name != "labels.json":
            out[path.name] = json.loads(path.read_text())
        elif path.suffix == ".toml":
            out[path.name] = tomllib.loads(path.read_text())
    return {name: document for name, document in out.items() if isinstance(document, dict)}


def _facts(entries: list[EntryFlow], name: str) -> list[KeyFlow]:
    return [k for e in entries for k in e.keys if k.key == name]


def strongest(keys: list[KeyFlow]) -> str:
    """The strongest state over entries; a key that no entry mentions was never met: dead."""
    order = ("forwarded", "used-elsewhere", "unknown", "checked-only", "dead")
    held = {k.state for k in keys}
    return next((s for s in order if s in held), "absent")


def _line(name: str, sums: Counter[str]) -> str:
    claimed, real = sums["true"] + sums["false"], sums["true"] + sums["missed"]
    precision, recall = (f"{sums['true'] / n:.3f}" if n else "-" for n in (claimed, real))
    edges = f"{sums['true']:4} true {sums['false']:3} false {sums['missed']:3} missed"
    negative = f"{sums['false_proven']:3} of {sums['proven']:3} negative claims false"
    return f"{name:18}{edges}  precision {precision:5}  recall {recall:5} {negative}"


def main() -> None:
    """`python tests/trace/trace_scoring.py FOLDER`: figures of a set, of each of its groups, and every miss."""
    half = Path(sys.argv[1])
    print(_line("all but abstaining", totals(half)))
    for group in sorted(path for path in half.iterdir() if path.is_dir()):
        sums = totals(group)
        print(_line(group.name, Counter({name.removeprefix("abstaining_"): count for name, count in sums.items()})))
    for labels in sorted(half.rglob("labels.json")):
        for text in score(labels.parent).wrong:
            print(f"{labels.parent.parent.name}/{labels.parent.name}: {text}")


if __name__ == "__main__":
    main()
