"""Mutated configs against the truth: which raises does the lint see beforehand, and which of its errors are false?

    python benchmarks/oracle.py                     the whole table (the first run makes the truths: about 15 minutes)
    python benchmarks/oracle.py --every 20          each twentieth case
    python benchmarks/oracle.py --truth             only make the truths

Needs the train extra. Ends with 1 when fewer than 99 % of the constructions that raise are errors beforehand, or when
an error is false.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import yaml
from linting import lint_each, pinned, table
from oracle.generate import PER_SURFACE, SEED, Case, generate
from oracle.judge import CONSTRUCTION, LATER, Verdict, judge, summary
from oracle.kept import truths
from oracle.surfaces import all_surfaces
from oracle.truth import Truth
from oracle.witness import Witness

CACHE = Path(__file__).resolve().parent.parent / ".benchmarks" / "oracle"
WANTED = 99.0


def main(arguments: list[str] | None = None) -> int:
    """Prints the table and the misses; the exit status says whether the goals are met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--every", type=int, default=1, help="judge each n-th case only")
    parser.add_argument("--surface", default="", help="only surfaces with this in their name")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where truths are kept")
    parser.add_argument("--truth", action="store_true", help="make the truths and stop")
    parser.add_argument("--list", type=int, default=40, help="how many groups of misses and false errors to list")
    asked = parser.parse_args(arguments)
    surfaces = all_surfaces()
    cases = [case for case in generate(asked.seed) if asked.surface in case.surface]
    results = truths(cases, surfaces, asked.cache)
    if asked.truth:
        return 0
    chosen = [(case, result) for case, result in zip(cases, results, strict=True) if case.number % asked.every == 0]
    with tempfile.TemporaryDirectory(prefix="oracle-") as folder:
        findings, broken = _linted([case for case, _ in chosen], Path(folder))
    witness = Witness(Truth(asked.cache / "world"), surfaces)
    verdicts = [judge(c, r, findings.get(_name(c), []), witness.defence) for c, r in chosen]
    print(f"seed {asked.seed}, {PER_SURFACE} configs per surface, {len(verdicts)} judged\n")
    print(table(*summary(verdicts)))
    _texts("the lint itself breaks", broken, asked.list)
    _groups("missed: raises at construction, no error", [v for v in verdicts if _missed(v)], asked.list)
    late = [v for v in verdicts if v.outcome == LATER and not v.found]
    _groups("raises later, nothing said", late, asked.list)
    _texts("FALSE errors", [t for v in verdicts for t in v.false], asked.list)
    _texts("errors on values that the run kept, defended by", [t for v in verdicts for t in v.defended], asked.list)
    early = [v for v in verdicts if v.outcome == CONSTRUCTION]
    share = 100 * sum(v.found == "error" for v in early) / max(1, len(early))
    false = sum(bool(v.false) for v in verdicts)
    print(f"\nraises at construction that are errors beforehand: {share:.2f} % (wanted {WANTED})")
    unread = sum(v.unread for v in verdicts)
    print(f"configs with a false error: {false} (wanted 0), {unread} of them only on keys that the run never read")
    return 0 if share >= WANTED and not false and not broken else 1


def _name(case: Case) -> str:
    return f"{case.surface}/{case.number:04}.yaml"


def _linted(cases: list[Case], folder: Path) -> tuple[dict[str, list[dict[str, Any]]], list[str]]:
    """Findings by file, and files that break the lint. The configs go into an empty folder; their data exist there.

    As the truth has it, nothing but the library reads a file, and nobody casts what PyYAML yields.
    """
    for case in cases:
        path = folder / _name(case)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.safe_dump(case.config, sort_keys=False)
        if yaml.safe_load(text) != case.config:
            raise SystemExit(f"oracle: {_name(case)} does not survive YAML")
        path.write_text(text)
    findings: dict[str, list[dict[str, Any]]] = {}
    broken: list[str] = []
    for surface in sorted({case.surface for case in cases}):
        data = folder / surface / "data"
        data.mkdir(exist_ok=True)
        (data / "train.json").write_text("[]")
        (data / "val.json").write_text("[]")
        files = [_name(case) for case in cases if case.surface == surface]
        dialect = "gliner" if surface.startswith("gliner.") else "trainer"
        terms = ("--dialect", dialect, "--loader", "pyyaml", *pinned("transformers", "peft", "gliner"))
        more, crashes = lint_each(folder, files, *terms)
        findings |= more
        broken += crashes
    return findings, broken


def _missed(verdict: Verdict) -> bool:
    return verdict.outcome == CONSTRUCTION and verdict.found != "error"


def _groups(title: str, verdicts: list[Verdict], most: int) -> None:
    """Verdicts grouped by surface, keys and reason, the most frequent first, with the values of one of them."""
    groups: dict[tuple[str, ...], list[Case]] = {}
    for verdict in verdicts:
        case = verdict.case
        keys = case.keys[0] if len(case.keys) == 1 and case.kind != "name" else f"({case.kind})"
        groups.setdefault((case.surface.rpartition(".")[2], keys, verdict.because[:60]), []).append(case)
    print(f"\n{title}: {len(verdicts)}")
    for group, members in sorted(groups.items(), key=lambda item: -len(item[1]))[:most]:
        written = {key: _written(members[0]).get(key) for key in members[0].keys}
        print(f"{len(members):5}  {'  '.join(group)}  e.g. {written} ({_name(members[0])})")


def _written(case: Case) -> dict[str, Any]:
    sections = {"training", "lora", "model"} & set(case.config)
    return next((case.config[s] for s in sorted(sections) if set(case.keys) <= set(case.config[s])), case.config)


def _texts(title: str, texts: list[str], most: int) -> None:
    print(f"\n{title}: {len(texts)}")
    for text, number in Counter(text[:170] for text in texts).most_common(most):
        print(f"{number:5}  {text}")


if __name__ == "__main__":
    sys.exit(main())
