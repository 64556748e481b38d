"""The claims of a published audit of one training command, each mapped to a query on our output before it is scored.

    python benchmarks/seed_report.py CHECKOUT [ROWS]

CHECKOUT is the repository that the report speaks of, at its commit (ROWS names both); ROWS is a JSON file with `rows`
of claim, kind, expected, key, param and line: by default `facts/seed_report.json` under $GLINER_AUDIT_SHARED or under
the folder `shared` beside the project. Prints one line for each kind, every row that is not reproduced, every false
claim, and the rows that no output can express. Ends with 1 on a false claim, or when a true row that can be expressed
is missed.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from seed_queries import INEXPRESSIBLE, Output, query

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = "ptbr/training_cli.py"


def rows(arguments: list[str]) -> list[dict[str, Any]]:
    """The rows, or an end with one clear line."""
    shared = Path(os.environ.get("GLINER_AUDIT_SHARED", ROOT.parent / "shared"))
    file = Path(arguments[1]) if len(arguments) > 1 else shared / "facts" / "seed_report.json"
    if not file.is_file():
        raise SystemExit(f"seed_report: no rows at {file}; name the file or set GLINER_AUDIT_SHARED")
    found: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["rows"]
    return found


def main(arguments: list[str]) -> int:
    """Maps, scores and prints; 0 when every expressible true row is reproduced and no false one is claimed."""
    if not arguments or not (Path(arguments[0]) / SCRIPT).is_file():
        raise SystemExit(f"seed_report: name a checkout that holds {SCRIPT}")
    claims = rows(arguments)
    queries = [query(row) for row in claims]
    os.chdir(arguments[0])
    output = Output.of(SCRIPT)
    tally: Counter[tuple[str, str]] = Counter()
    problems, silent = [], []
    for row, ask in zip(claims, queries, strict=True):
        kind = row["kind"]
        tally[kind, "rows"] += 1
        if ask is INEXPRESSIBLE:
            silent.append(row["claim"])
            continue
        claimed = ask(output)
        tally[kind, "expressible"] += 1
        if claimed:
            tally[kind, "reproduced" if row["expected"] else "false"] += 1
        elif row["expected"]:
            problems.append(f"missed: {row['claim']}")
        if claimed and not row["expected"]:
            problems.append(f"FALSE: {row['claim']}")
    columns = ("rows", "expressible", "reproduced", "false")
    print(f"{'kind':<30}" + "".join(f"{name:>13}" for name in columns))
    for kind in dict.fromkeys(row["kind"] for row in claims):
        print(f"{kind:<30}" + "".join(f"{tally[kind, name]:>13}" for name in columns))
    total = {name: sum(count for (_, what), count in tally.items() if what == name) for name in columns}
    print(f"{'all':<30}" + "".join(f"{total[name]:>13}" for name in columns))
    true = sum(1 for row, ask in zip(claims, queries, strict=True) if row["expected"] and ask is not INEXPRESSIBLE)
    print(f"\ntrue and expressible: {true}; reproduced: {total['reproduced']}; false claims: {total['false']}")
    print("\n".join(["", *problems, "", "no output can express:", *(f"  {claim}" for claim in silent)]))
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
