"""Injected defects: how many of them does the audit find, and what does it say of trainers that have none?

    python benchmarks/mutation/run.py                               everything, by the command line
    python benchmarks/mutation/run.py --trainer yaml_namespace --operator late_override
    python benchmarks/mutation/run.py --auditor package.module:audit   any audit(script, configs) -> list of Found
    python benchmarks/mutation/run.py --count                       only make the mutants

Each operator of at_sink.py and on_the_way.py is applied at every place that it fits; what execution cannot tell from
the clean trainer is taken out (equivalence.py). A finding counts when it has one of the names that the operator
accepts, names the key, and was not there before. Ends with 1 below 97 % found or above 0.5 false alarms per trainer.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent / "tests" / "micro")]

import at_sink  # noqa: E402
import on_the_way  # noqa: E402
from auditor import Auditor, Found, named  # noqa: E402
from equivalence import is_equivalent  # noqa: E402
from harness.derive import derive  # noqa: E402
from harness.snippet import Snippet  # noqa: E402
from mutants import Mutant, Trainer  # noqa: E402

OPERATORS = {operator.__name__: operator for operator in (*at_sink.OPERATORS, *on_the_way.OPERATORS)}
WANTED, ALARMS = 97.0, 0.5


def trainers(only: list[str] | None = None) -> list[Trainer]:
    folders = sorted(p.parent for p in (HERE / "trainers").glob("*/labels.json"))
    return [Trainer(f, derive(Snippet(f))) for f in folders if not only or f.name in only]


def mutants(trainer: Trainer, only: list[str] | None = None) -> Iterator[tuple[Mutant, bool]]:
    """Every mutant, and whether execution tells it from the clean trainer."""
    for name, operator in OPERATORS.items():
        if not only or name in only:
            for mutant in operator(trainer):
                yield mutant, not is_equivalent(mutant, trainer)


def ask(auditor: Auditor, folder: Path, snippet: Snippet) -> list[Found]:
    configs = [folder / source["path"] for source in snippet.sources if source["kind"] == "file"]
    return auditor(folder / "script.py", configs)


def hits(mutant: Mutant, found: list[Found], before: list[Found]) -> bool:
    """A new finding of an accepted name on an accepted key; keys are compared by their last name too."""
    known = {(f.name, f.key) for f in before}
    wanted = {*mutant.keys, *(key.rpartition(".")[2] for key in mutant.keys)}
    return any(f.name in mutant.accepts and f.key in wanted and (f.name, f.key) not in known for f in found)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--auditor", help="module:function instead of the command line")
    parser.add_argument("--trainer", action="append")
    parser.add_argument("--operator", action="append", choices=sorted(OPERATORS))
    parser.add_argument("--count", action="store_true", help="make the mutants, ask nobody")
    parser.add_argument("--limit", type=int, help="at most so many mutants per trainer and operator")
    options = parser.parse_args()
    auditor = named(options.auditor)
    made, same, seen = Counter[str](), Counter[str](), Counter[str]()
    missed: list[str] = []
    alarms: dict[str, list[Found]] = {}
    for trainer in trainers(options.trainer):
        before: list[Found] = []
        if not options.count:
            before = alarms[trainer.name] = ask(auditor, trainer.snippet.folder, trainer.snippet)
        taken = Counter[str]()
        for mutant, differs in mutants(trainer, options.operator):
            if not differs:
                same[mutant.operator] += 1
                continue
            taken[mutant.operator] += 1
            if options.limit and taken[mutant.operator] > options.limit:
                continue
            made[mutant.operator] += 1
            if options.count:
                continue
            with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
                found = ask(auditor, mutant.write(trainer.snippet.folder, Path(folder)), trainer.snippet)
            if hits(mutant, found, before):
                seen[mutant.operator] += 1
            else:
                new = sorted({f"{f.name}({f.key})" for f in found} - {f"{f.name}({f.key})" for f in before})
                missed.append(
                    f"{mutant.operator} {trainer.name} {mutant.keys[0]} [{mutant.note}]: {new or 'nothing new'}"
                )
    return report(made, same, seen, missed, alarms)


def report(
    made: Counter[str], same: Counter[str], seen: Counter[str], missed: list[str], alarms: dict[str, list[Found]]
) -> int:
    print(f"{'operator':<22}{'mutants':>9}{'equivalent':>12}{'found':>7}{'%':>8}")
    for name in [n for n in OPERATORS if made[n] or same[n]]:
        share = 100 * seen[name] / made[name] if made[name] else 0.0
        print(f"{name:<22}{made[name]:>9}{same[name]:>12}{seen[name]:>7}{share:>8.1f}")
    total = made.total()
    share = 100 * seen.total() / total if total else 0.0
    print(f"{'all':<22}{total:>9}{same.total():>12}{seen.total():>7}{share:>8.1f}")
    if not alarms:
        return 0
    print("\nfindings on clean trainers, all counted as false alarms")
    for name, found in alarms.items():
        print(f"  {name}: {len(found)}")
        for finding in found:
            print(f"    {finding.severity} {finding.name} {finding.key or '-'} line {finding.line}: {finding.message}")
    rate = sum(map(len, alarms.values())) / len(alarms)
    print(f"  {rate:.2f} per trainer")
    print("\nmissed" + "".join(f"\n  {line}" for line in missed))
    return 0 if share >= WANTED and rate <= ALARMS else 1


if __name__ == "__main__":
    sys.exit(main())
