"""What one lint costs beside `python -c pass`, a schema hook and the bare YAML composer: whole processes, in turns.

    python benchmarks/speed.py [--times 15] [--files 1000]

Builds the wheel, installs it normally into a fresh environment together with check-jsonschema (from PyPI), and writes
its own configs. Ends with 1 when a goal is missed. Read the ratios; seconds belong to the machine.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from linting import table
from timing.place import COMPOSE, Place, machine
from timing.stopwatch import Lap, lap, median, ratio, turns

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    """Prints the laps and the goals; the exit status says whether all goals are met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=15, help="turns for one file; a third of it for many")
    parser.add_argument("--files", type=int, default=1000)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="gliner-audit-speed-") as name:
        place = Place(Path(name), ROOT)
        clean, broken = place.configs(asked.files)
        _check(place, clean[0], broken[0])
        floor = [place.python, "-c", "pass"]
        compose = [place.python, "-c", COMPOSE]
        peer = [place.peer, "--schemafile", str(place.schema)]
        one = turns(
            {
                "python -c pass": floor,
                "gliner-audit, 1 clean file": [place.ours, clean[0]],
                "check-jsonschema, 1 clean file": [*peer, clean[0]],
                "bare C compose, 1 file": [*compose, clean[0]],
            },
            place.folder,
            asked.times,
        )
        many = turns(
            {
                f"gliner-audit, {asked.files} clean": [place.ours, *clean],
                f"gliner-audit, {asked.files} clean, --jobs 1": [place.ours, "--jobs", "1", *clean],
                f"bare C compose, {asked.files} clean": [*compose, *clean],
                f"gliner-audit, {asked.files} broken": [place.ours, "--format", "concise", *broken],
                f"bare C compose, {asked.files} broken": [*compose, *broken],
                f"check-jsonschema, {asked.files} clean": [*peer, *clean],
            },
            place.folder,
            max(3, asked.times // 3),
        )
    print(machine())
    print(
        table(
            ["whole process", "wall s", "min", "max", "cpu s", "MiB"], [_row(n, p) for n, p in {**one, **many}.items()]
        )
    )
    goals = _goals(list(one.values()), list(many.values()), asked.files)
    print()
    print(table(["ratio of CPU, turn by turn", "measured", "wanted", ""], [list(goal.row()) for goal in goals]))
    return 0 if all(goal.met for goal in goals if goal.binding) else 1


class Goal(NamedTuple):
    """A ratio and what is wanted of it; one that does not bind guides, and fails nobody."""

    what: str
    measured: float
    wanted: float
    binding: bool

    @property
    def met(self) -> bool:
        """Whether the ratio is within what is wanted."""
        return self.measured <= self.wanted

    def row(self) -> tuple[str, str, str, str]:
        """The goal as a row of the table."""
        verdict = ("met" if self.met else "MISSED") if self.binding else ("within" if self.met else "over the guide")
        return self.what, f"{self.measured:.3f}", f"<= {self.wanted}", verdict


def _goals(one: list[list[Lap]], many: list[list[Lap]], files: int) -> list[Goal]:
    floor, ours, peer, _ = one
    clean, single, compose, broken, compose_broken, peer_many = many
    return [
        Goal("1 clean file / python -c pass", ratio(ours, floor), 8.0, True),
        Goal("1 clean file / check-jsonschema", ratio(ours, peer), 0.25, True),
        Goal(f"{files} clean, one process / bare C compose", ratio(single, compose), 2.5, False),
        Goal(f"{files} clean, wall / the same on one process, wall", ratio(clean, single, "wall"), 1.0, False),
        Goal(f"{files} broken / bare C compose", ratio(broken, compose_broken), 4.0, False),
        Goal(f"{files} clean / check-jsonschema", ratio(clean, peer_many), 0.10, False),
        Goal("memory, 1 clean file / check-jsonschema", ratio(ours, peer, "memory"), 1.0, False),
    ]


def _row(name: str, laps: list[Lap]) -> list[str]:
    walls = [taken.wall for taken in laps]
    times = [median(laps, "wall"), min(walls), max(walls), median(laps, "cpu")]
    return [name, *(f"{seconds:.3f}" for seconds in times), f"{median(laps, 'memory') / 1024:.0f}"]


def _check(place: Place, clean: str, broken: str) -> None:
    """The comparison is void unless both tools pass the clean file and refuse the broken one."""
    verdicts = [
        lap([place.ours, clean], place.folder).status,
        lap([place.peer, "--schemafile", str(place.schema), clean], place.folder).status,
        lap([place.ours, broken], place.folder).status,
    ]
    if verdicts != [0, 0, 1]:
        raise SystemExit(f"speed: exit codes are {verdicts}, wanted [0, 0, 1]: the files are not what they should be")


if __name__ == "__main__":
    sys.exit(main())
