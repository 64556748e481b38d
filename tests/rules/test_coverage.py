"""Every known fact that a config alone can show has a rule, or stands in the table of exclusions with its reason."""

from __future__ import annotations

import re
from pathlib import Path

from gliner_audit.rules import index
from gliner_audit.rules.coverage import EXPERIMENTS, GUIDE, page, rows

ROWS = rows()


def facts(file: Path) -> dict[str, str]:
    """Number and whole line of every table row of a catalogue."""
    found = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        number = line.split("|")[1].strip() if line.startswith("|") else ""
        if re.fullmatch(r"[A-Z]+_?\w*\d*", number) and number != "id":
            found[number] = line
    return found


def test_each_row_has_a_rule_or_a_reason() -> None:
    for row in ROWS:
        assert bool(row.rules) != bool(row.because), row
        assert all(name in index.NAMES for name in row.rules), row
    numbers = [(row.catalogue, row.number) for row in ROWS]
    assert len(set(numbers)) == len(numbers)


def test_every_static_row_of_the_guide_is_covered(shared: Path) -> None:
    listed = {number: line for number, line in facts(shared / "facts" / "rules.md").items() if number[0] != "E"}
    assert len(listed) > 100
    covered = {row.number for row in ROWS if row.catalogue == GUIDE}
    static = {number for number, line in listed.items() if "static" in line.split("|")[5]}
    assert static - covered == set()
    assert covered - set(listed) == set()


def test_every_row_of_the_experiments_is_covered(shared: Path) -> None:
    listed = set(facts(shared / "facts" / "gliner.md"))
    assert len(listed) > 90
    assert {row.number for row in ROWS if row.catalogue == EXPERIMENTS} == listed


def test_the_page_is_up_to_date(project: Path) -> None:
    assert (project / "docs" / "rules" / "coverage.md").read_text(encoding="utf-8") == page(), (
        "run `python -m gliner_audit.rules.build_docs`"
    )
