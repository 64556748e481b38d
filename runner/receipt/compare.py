"""What differs between two receipts: settings in force, data, versions, code, outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple


class Absent:
    """Stands for a value that a receipt lacks."""

    def __str__(self) -> str:
        return "(absent)"


ABSENT: Final = Absent()


class Difference(NamedTuple):
    """One thing that differs. `part` is run, key, data, versions, config, git, host, seeds, metrics or counts; a side
    that lacks it holds ABSENT."""

    part: str
    name: str
    a: Any
    b: Any


def compare(a: Mapping[str, Any], b: Mapping[str, Any]) -> list[Difference]:
    """Every difference, what explains a result first, the result itself last."""
    return list(_differences(a, b))


def _differences(a: Mapping[str, Any], b: Mapping[str, Any]) -> Iterator[Difference]:
    yield from _mapping("key", _keys(a), _keys(b))
    yield from _mapping("data", _data(a), _data(b))
    yield from _mapping("versions", a.get("versions", {}), b.get("versions", {}))
    yield from _mapping("config", {"sha256": a["config"]["sha256"]}, {"sha256": b["config"]["sha256"]})
    yield from _mapping("git", a.get("git", {}), b.get("git", {}))
    hosts = [
        {name: row.get("host", {}).get(name, ABSENT) for name in ("device", "world_size", "precision")}
        for row in (a, b)
    ]
    yield from _mapping("host", *hosts)
    for part in ("seeds", "determinism", "counts", "metrics"):
        yield from _mapping(part, a.get(part, {}), b.get(part, {}))
    yield from _mapping("run", _run(a), _run(b))


def _mapping(part: str, a: Mapping[str, Any], b: Mapping[str, Any]) -> Iterator[Difference]:
    for name in [*a, *(name for name in b if name not in a)]:
        one, other = a.get(name, ABSENT), b.get(name, ABSENT)
        if one is not other and (one != other or isinstance(one, bool) != isinstance(other, bool)):
            yield Difference(part, name, one, other)


def _keys(receipt: Mapping[str, Any]) -> dict[str, Any]:
    """What was in force by key: seen, else handed over, else planned; and the verdict where it is no effect."""
    found: dict[str, Any] = {}
    for row in receipt["keys"]:
        value = row.get("effective", row.get("at_sink"))
        found[row["key"]] = row.get("planned") if value is None else value
        if row["verdict"] == "no effect":
            found[f"{row['key']} (verdict)"] = row["verdict"]
    return found


def _data(receipt: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for index, row in enumerate(receipt["data"]):
        role = row.get("role", index)
        for name in ("sha256", "examples", "entities", "lost", "mislabelled"):
            if name in row:
                found[f"{role}.{name}"] = row[name]
    return found


def _run(receipt: Mapping[str, Any]) -> dict[str, Any]:
    losses = receipt.get("losses") or [{}]
    found = {
        "exit": receipt["exit"].get("reason"),
        "steps planned": receipt["steps"]["planned"],
        "steps done": receipt["steps"]["done"],
        "attempts": len(receipt.get("attempts", ())),
        "last loss": losses[-1].get("loss"),
    }
    return {**found, **{f"weights {row['file']}": row["sha256"] for row in receipt.get("subject", ())}}
