"""How fast the data check reads, and how much memory it takes: a generated file, each pass in a process of its own.

python benchmarks/data_check.py [--examples N] [--folder DIR] [--format jsonl|json|both]

The file (about 600 bytes an example, 4 entities, one example in a hundred with a seeded fault) is deleted afterwards.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_SYLLABLES = "ka to mi ra lu ne so vi den por gal ist um ber lin har ves tal ono que".split()
_LABELS = "person organisation location date product event law disease gene work".split()
_POOL = 4000

_CHILD = """
import json, resource, sys, time
from gliner_audit.runner.datacheck import Settings, check
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
wall, cpu = time.perf_counter(), time.process_time()
report = check(sys.argv[1], sys.argv[2] or None, Settings(max_width=8))
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
train = report.splits[0]
print(json.dumps({"wall": wall, "cpu": cpu, "peak": peak / 1024, "before": before / 1024, "examples": train.examples,
    "entities": train.entities, "lost": train.lost, "found": {f.reason: f.cases for f in report.found}}))
"""


def make(draw: random.Random) -> dict[str, Any]:
    """One example of 32 to 38 words with 4 entities."""
    words = ["".join(draw.choices(_SYLLABLES, k=draw.choice((2, 3, 4, 5, 6)))) for _ in range(draw.randint(32, 38))]
    entities: list[list[Any]] = []
    for place in range(4):
        start = place * 8 + draw.randint(0, 3)
        entities.append([start, start + draw.randint(0, 3), draw.choice(_LABELS)])
    return {"tokenized_text": words, "ner": entities}


def spoil(example: dict[str, Any], kind: int) -> None:
    """A seeded fault, so that the long way is taken too."""
    first = example["ner"][0]
    if kind == 0:
        first[1] = len(example["tokenized_text"])
    elif kind == 1:
        first[0], first[1] = first[1] + 1, first[0]
    elif kind == 2:
        first[1] = first[0] + 20
    elif kind == 3:
        example["ner"].insert(1, list(first))
    else:
        example["ner"] = []


def rows(count: int) -> Iterator[str]:
    """JSON texts of examples; a running number keeps the texts apart."""
    draw = random.Random(11)
    pool = []
    for index in range(_POOL):
        example = make(draw)
        if index % 100 == 0:
            spoil(example, index // 100 % 5)
        text = json.dumps(example)
        at = text.index("]")
        pool.append((text[:at], text[at:]))
    for index in range(count):
        head, tail = pool[index % _POOL]
        yield f'{head}, "n{index}"{tail}'


def write(path: Path, count: int, form: str) -> None:
    """The file, as one JSON array or as JSON lines."""
    with open(path, "w", encoding="utf-8", buffering=2**20) as file:
        if form == "json":
            file.write("[")
            for index, row in enumerate(rows(count)):
                file.write(f", {row}" if index else row)
            file.write("]")
        else:
            file.writelines(f"{row}\n" for row in rows(count))


def measure(train: Path, held_out: Path | None) -> dict[str, Any]:
    """One check in a fresh process."""
    argv = [sys.executable, "-c", _CHILD, str(train), str(held_out or "")]
    return dict(json.loads(subprocess.run(argv, check=True, capture_output=True, text=True).stdout))


def main() -> None:
    """Print a line per format."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=1_000_000)
    parser.add_argument("--folder", default=None, help="where the file is written (default: the temporary folder)")
    parser.add_argument("--format", choices=("jsonl", "json", "both"), default="both")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        held_out = Path(folder) / "eval.jsonl"
        write(held_out, max(options.examples // 100, 1), "jsonl")
        for form in ("jsonl", "json") if options.format == "both" else (options.format,):
            train = Path(folder) / f"train.{form}"
            write(train, options.examples, form)
            for name, other in (("train only", None), ("train and eval", held_out)):
                got = measure(train, other)
                print(
                    f"{form:<5} {name:<14} {os.path.getsize(train) / 2**20:6.0f} MiB  {got['examples']} examples  "
                    f"{got['examples'] / got['cpu'] / 1000:6.1f}k ex/s of CPU time  "
                    f"{got['examples'] / got['wall'] / 1000:6.1f}k ex/s of wall time  "
                    f"peak {got['peak']:.0f} MiB (imports {got['before']:.0f})  lost {got['lost']}",
                    flush=True,
                )
            os.unlink(train)
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", file=sys.stderr)


if __name__ == "__main__":
    main()
