"""What auditing a training script costs beside `python -c pass`: whole processes, in turns.

    python benchmarks/trace_speed.py [--times 5] [--goal SECONDS] [SCRIPT ...]

SCRIPTs are audited one by one, each from its own folder; by default the trainers of the mutation benchmark. A row is a
fresh process with the interpreter's bytecode at hand; the row "no bytecode" compiles the auditor itself as well, as the
first run after an installation does. Ends with 1 when a script takes more CPU seconds than the goal. The machine's load
is in the seconds; the ratio to `python -c pass` of the same turns is what to compare.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from timing.place import machine
from timing.stopwatch import Lap, median, ratio, turns

FLOOR = "python -c pass"
TRAINERS = Path(__file__).resolve().parent / "mutation" / "trainers"


def main(arguments: list[str] | None = None) -> int:
    """Prints a row for each script; the exit status says whether all keep the goal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scripts", nargs="*", type=Path, metavar="SCRIPT")
    parser.add_argument("--times", type=int, default=5, help="turns; one more warms up")
    parser.add_argument("--goal", type=float, help="CPU seconds that no script may exceed")
    asked = parser.parse_args(arguments)
    scripts = [script.resolve() for script in asked.scripts] or sorted(TRAINERS.glob("*/script.py"))
    print(f"{machine()}\n\n{'script':<44} {'cpu s':>7} {'wall s':>7} {'MiB':>6} {'x floor':>8}")
    missed = 0
    for script in scripts:
        for name, laps, floor in _rows(script, asked.times):
            cpu = median(laps, "cpu")
            memory = median(laps, "memory") / 1024
            print(f"{name:<44} {cpu:7.3f} {median(laps, 'wall'):7.3f} {memory:6.0f} {ratio(laps, floor):8.1f}")
            missed += asked.goal is not None and cpu > asked.goal and "bytecode" not in name
    return 1 if missed else 0


def _rows(script: Path, times: int) -> list[tuple[str, list[Lap], list[Lap]]]:
    audit = ["-m", "gliner_audit", script.name, "--format", "concise"]
    shown = "/".join(script.parts[-3:])
    with tempfile.TemporaryDirectory(prefix="gliner-audit-bytecode-") as kept, tempfile.TemporaryDirectory() as empty:
        commands = {
            FLOOR: [sys.executable, "-c", "pass"],
            shown: [sys.executable, "-X", f"pycache_prefix={kept}", *audit],
            "  no bytecode": [sys.executable, "-B", "-X", f"pycache_prefix={empty}", *audit],
        }
        laps = turns(commands, script.parent, times)
    return [(name, laps[name], laps[FLOOR]) for name in commands if name != FLOOR]


if __name__ == "__main__":
    sys.exit(main())
