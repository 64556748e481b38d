"""Proven claims held to execution: how many are decided by running the code, and how many are false.

    python benchmarks/proven.py

A claim is an edge (key → parameter) or a denial (dead, or checked and no more) that the tracer calls proven. Execution
changes the key and watches the stand-ins of the libraries (tests/micro/harness, tests/trace/trace_harness.py). An edge
under a test on other keys that no run opened, or at a call that no stand-in watches, is undecided and not counted.
Ends with 1 on a false claim or below 300.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / "micro"), str(ROOT / "tests" / "trace")]

import trace_corpus_code  # noqa: E402
import trace_corpus_files  # noqa: E402
import trace_harness as idioms  # noqa: E402
from gliner_audit.audit.trace import trace  # noqa: E402
from gliner_audit.audit.trace.flow import KeyFlow  # noqa: E402
from harness.claims import edge_holds, state_holds  # noqa: E402
from harness.derive import derive  # noqa: E402
from harness.snippet import Snippet  # noqa: E402
from trace_scoring import NEGATIVE, configs  # noqa: E402

WANTED = 300
UNWATCHED = ("Trainer.train",)
"""What the stand-ins note as a use, not parameter by parameter."""
Verdict = tuple[str, bool | None]


class Row(NamedTuple):
    """One corpus: its name and what became of each proven claim (True confirmed, False refuted, None undecided)."""

    corpus: str
    verdicts: list[Verdict]


def of_snippet(folder: Path) -> Iterator[Verdict]:
    """The proven claims on the labelled keys of a folder with script.py and labels.json."""
    snippet = Snippet(folder)
    facts = derive(snippet)
    flow = trace(str(folder / "script.py"), root=str(folder), configs=configs(folder))
    rows = [k for e in flow.entries for k in e.keys]
    for name, label in snippet.keys.items():
        found = [k for k in rows if k.key == label.get("key", name)]
        where = f"{snippet.name} {name}"
        for sink, param, conditional in sorted(_edges(found)):
            holds = edge_holds(facts[name], sink, param)
            unseen = conditional or sink.endswith(UNWATCHED) or [sink, param] in label.get("may", [])
            undecided = not holds and unseen
            yield f"{where} -> {sink}.{param}", None if undecided else holds
        if found and all(k.state in NEGATIVE and k.confidence == "proven" for k in found):
            state = found[0].state
            denied = state_holds(facts[name], state) or not (facts[name].data or facts[name].influence)
            yield f"{where} is {state}", denied


def _edges(found: list[KeyFlow]) -> set[tuple[str, str, bool]]:
    return {
        (f.sink, f.param, f.when is not None)
        for k in found
        for f in k.forwarded
        if f.confidence == "proven" and not f.through and f.param != "*"
    }


def of_idiom(snippet: idioms.Snippet, folder: Path) -> Iterator[Verdict]:
    """The proven claims on the keys of one idiom of tests/trace."""
    shown = idioms.executed_edges(folder, snippet)
    given = {f"config.{snippet.form}": snippet.config} if snippet.config else {}
    flow = trace(str(idioms.write(folder, snippet, snippet.config)), configs=given, root=str(folder))
    for key in (k for e in flow.entries for k in e.keys if k.key in shown):
        for sink, param, conditional in sorted(_edges([key])):
            holds = f"{sink}.{param}" in shown[key.key]
            yield f"{snippet.name} {key.key} -> {sink}.{param}", None if conditional and not holds else holds
        if key.state in NEGATIVE and key.confidence == "proven":
            yield f"{snippet.name} {key.key} is {key.state}", not shown[key.key]


def rows() -> Iterator[Row]:
    groups = {**trace_corpus_files.GROUPS, **trace_corpus_code.GROUPS}
    own: list[Verdict] = []
    for snippet in (s for group in groups.values() for s in group):
        with tempfile.TemporaryDirectory(prefix="proven-") as folder:
            own += of_idiom(snippet, Path(folder).resolve())
    yield Row("idioms of the tracer's author", own)
    for title, place in (
        ("snippets written blind", ROOT / "tests" / "micro" / "frozen"),
        ("clean trainers", ROOT / "benchmarks" / "mutation" / "trainers"),
    ):
        folders = sorted(p.parent for p in place.rglob("labels.json"))
        yield Row(title, [v for folder in folders for v in of_snippet(folder)])


def main() -> int:
    print(f"{'corpus':<32}{'claims':>8}{'edges':>8}{'denials':>9}{'undecided':>11}{'false':>7}")
    every: list[Verdict] = []
    for row in rows():
        every += row.verdicts
        _line(row)
    _line(Row("all", every))
    false = [text for text, holds in every if holds is False]
    for text in false:
        print(f"  false: {text}")
    return 0 if not false and sum(1 for _, holds in every if holds) >= WANTED else 1


def _line(row: Row) -> None:
    decided = [text for text, holds in row.verdicts if holds is not None]
    edges = sum(" -> " in text for text in decided)
    false = sum(holds is False for _, holds in row.verdicts)
    undecided = len(row.verdicts) - len(decided)
    print(f"{row.corpus:<32}{len(decided):>8}{edges:>8}{len(decided) - edges:>9}{undecided:>11}{false:>7}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
