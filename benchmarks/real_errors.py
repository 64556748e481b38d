"""Each error of the lint on a real GLiNER or trl file, decided by constructing or running what it speaks of.

    python benchmarks/real_errors.py [CORPUS]

CORPUS holds `gliner_train/` and `trl_recipe/`; without it, `corpus` under $GLINER_AUDIT_SHARED or under the folder
`shared` beside the project. Needs the train extra and trl. Ends with 1 when fewer than 99.5 % of the decided stand.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

from linting import LintError, by_file, lint, pinned, table
from oracle.decide import FALLS, STANDS, UNDECIDED, Decider, Decision
from oracle.surfaces import all_surfaces
from oracle.truth import Truth

ROOT = Path(__file__).resolve().parent.parent
CATEGORIES = ("gliner_train", "trl_recipe")
WANTED = 99.5


def corpus(arguments: list[str]) -> Path:
    """The corpus folder, or an end with one clear line."""
    shared = Path(os.environ.get("GLINER_AUDIT_SHARED", ROOT.parent / "shared"))
    folder = Path(arguments[0]) if arguments else shared / "corpus"
    missing = [name for name in CATEGORIES if not (folder / name).is_dir()]
    if missing:
        raise SystemExit(
            f"real_errors: {folder} has no {' and no '.join(missing)}; name the corpus or set GLINER_AUDIT_SHARED"
        )
    return folder


def main(arguments: list[str]) -> int:
    """Prints one row per rule and every error that falls or stays undecided."""
    folder = corpus(arguments)
    decider = Decider(Truth(ROOT / ".benchmarks" / "oracle" / "world"), all_surfaces())
    verdicts: dict[tuple[str, str, str], list[tuple[str, Decision]]] = {}
    for category in CATEGORIES:
        try:
            document = lint(folder / category, *pinned("transformers", "peft", "gliner"))
        except LintError as error:
            raise SystemExit(f"real_errors: the lint breaks on {category}: {error}") from error
        for file, findings in sorted(by_file(document, "error").items()):
            for finding in findings:
                path = folder / category / file
                decision = decider.decide(path, finding["key"], is_gliner=category == "gliner_train")
                row = (category, finding["rule"], finding["name"])
                verdicts.setdefault(row, []).append((f"{file} {finding['key']}: {finding['message'][:90]}", decision))
    decided = [(where, d) for found in verdicts.values() for where, d in found]
    count = Counter(decision.verdict for _, decision in decided)
    rows = []
    for name, found in sorted(verdicts.items()):
        kinds = Counter(decision.verdict for _, decision in found)
        rows.append([f"{name[0]}: {name[1]} {name[2]}", len(found), *(kinds[k] for k in (STANDS, FALLS, UNDECIDED))])
    print(table(["category: rule", "errors", STANDS, FALLS, UNDECIDED], rows))
    for verdict in (FALLS, UNDECIDED, STANDS):
        reasons = Counter(decision.because[:110] for _, decision in decided if decision.verdict == verdict)
        print(f"\n{verdict}: {count[verdict]}")
        for because, number in reasons.most_common():
            example = next(where for where, d in decided if d.verdict == verdict and d.because[:110] == because)
            print(f"{number:5}  {because}\n         e.g. {example}")
    share = 100 * count[STANDS] / max(1, count[STANDS] + count[FALLS])
    print(
        f"\n{len(decided)} errors, {count[UNDECIDED]} undecided; of the decided {share:.2f} % stand (wanted {WANTED})"
    )
    return 0 if share >= WANTED or not decided else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
