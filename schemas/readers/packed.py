"""Summaries small enough to ship: readers share a table of functions, the names of a package are one text."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Mapping
from typing import Any

_READER = re.compile(r"(\S+\.py):(\d+) (\S+)")


def pack(summary: Mapping[str, Any]) -> dict[str, Any]:
    """Replace each reader "file:line function" by "i:line", where `functions[i]` is "file function"."""
    table: dict[str, int] = {}

    def shrink(value: Any) -> Any:
        if isinstance(value, str):
            match = _READER.fullmatch(value)
            if match is None:
                return value
            function = f"{match[1]} {match[3]}"
            return f"{table.setdefault(function, len(table))}:{match[2]}"
        if isinstance(value, Mapping):
            return {key: shrink(inner) for key, inner in sorted(value.items())}
        return [shrink(inner) for inner in value] if isinstance(value, list | tuple) else value

    shrunk = {key: shrink(value) for key, value in sorted(summary.items()) if key != "names"}
    if "names" in summary:
        raw = zlib.compress("\n".join(summary["names"]).encode(), 9)
        shrunk["names"] = base64.b85encode(raw).decode()
    return {**shrunk, "functions": list(table)}


def reader(packed: str, functions: list[str]) -> tuple[str, str]:
    """(source, function) of a packed or plain reader: ("transformers/trainer.py:1944", "Trainer.training_step")."""
    head, _, name = packed.partition(" ")
    if name:
        return head, name
    index, _, line = packed.partition(":")
    path, _, name = functions[int(index)].partition(" ")
    return f"{path}:{line}", name


def unpack_names(names: str | list[str]) -> frozenset[str]:
    """The names, packed or not."""
    if isinstance(names, str):
        names = zlib.decompress(base64.b85decode(names)).decode().split("\n")
    return frozenset(names)
