"""Which kinds of value stop a run, as observed by running each parameter with each (`benchmarks/observe.py`).

The table is of one version of each library; for other versions it is the best there is. A kind that it does not list
ran to the end beside a plain config, or was not tried because the annotation declares it (null, an empty list and an
empty mapping are tried all the same).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, NamedTuple

FILE = os.path.join(os.path.dirname(__file__), "data", "observed.json")

#: One value of each kind, as it was tried.
KINDS: Mapping[str, Any] = {
    "null": None, "false": False, "true": True, "zero": 0, "whole": 3, "whole-float": 8.0, "fraction": 2.5,
    "empty": "", "text": "zz", "digits": "8", "decimal": "0.5", "list": [], "items": ["zz"], "numbers": [1, 2],
    "mapping": {}, "entries": {"zz": 1},
}  # fmt: skip
_table: dict[str, Any] = {}


class Stop(NamedTuple):
    """Where a value of a kind stopped the run, and with which error.

    `when` is "made" (the arguments are constructed), "injected", "built" (the model) or "trained" (the first steps);
    `error` the exception's class, with its message where that does not speak of the very value that was tried.
    """

    when: str
    error: str


def kind_of(value: Any) -> str:
    """The kind of a JSON value, a key of KINDS."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return "whole" if value else "zero"
    if isinstance(value, float):
        return "whole-float" if value.is_integer() else "fraction"
    if isinstance(value, str):
        if value.isdecimal():
            return "digits"
        return "decimal" if _spells_number(value) else "text" if value else "empty"
    if isinstance(value, list):
        if not value:
            return "list"
        return "numbers" if all(isinstance(item, (int, float)) for item in value) else "items"
    return "entries" if value else "mapping"


def stop(surface: str, parameter: str, value: Any) -> Stop | None:
    """What stopped the run when the parameter had a value of this kind; None when nothing is known to."""
    table = _read()
    number = table["surfaces"].get(surface, {}).get(parameter, {}).get(kind_of(value))
    return None if number is None else Stop(*table["stops"][number])


def covers(surface: str) -> bool:
    """Whether the parameters of a surface were tried."""
    return surface in _read()["surfaces"]


def versions() -> Mapping[str, str]:
    """The library versions that the table is of."""
    found: Mapping[str, str] = _read()["versions"]
    return found


def _read() -> dict[str, Any]:
    if not _table:
        import json

        with open(FILE, encoding="utf-8") as file:
            _table.update(json.load(file))
    return _table


def _spells_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
