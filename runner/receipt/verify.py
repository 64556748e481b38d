"""Whether the files that a receipt speaks of are still the ones it means."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from . import surroundings
from .facts import SCHEMA

SAME, CHANGED, MISSING, UNREADABLE = "same", "changed", "missing", "unreadable"


class ReceiptError(ValueError):
    """A file that is no receipt: one line that says why."""


class Checked(NamedTuple):
    """One file: `role` is config, data or weights; `state` is "same", "changed", "missing" or "unreadable"."""

    role: str
    file: str
    state: str
    detail: str = ""


def read(path: str) -> dict[str, Any]:
    """The receipt in a file, or in a folder. Raises ReceiptError."""
    place = os.path.join(path, "receipt.json") if os.path.isdir(path) else path
    try:
        with open(place, encoding="utf-8") as file:
            tree = json.load(file)
    except OSError as error:
        raise ReceiptError(f"{place}: {error.strerror or error}") from None
    except ValueError as error:
        raise ReceiptError(f"{place}: not JSON: {error}") from None
    if not isinstance(tree, dict) or tree.get("schema") != SCHEMA:
        said = tree.get("schema") if isinstance(tree, dict) else None
        raise ReceiptError(f"{place}: not a receipt of this version: schema is {said!r}, expected {SCHEMA!r}")
    missing = [name for name in ("config", "data", "exit", "keys", "steps") if name not in tree]
    if missing:
        raise ReceiptError(f"{place}: not a whole receipt: it lacks {', '.join(missing)}")
    return tree


def verify(path: str) -> list[Checked]:
    """Hash every file that the receipt names. Weights lie beside the receipt; config and data where the run saw them,
    from its working folder or, when that is gone, from the current one. Raises ReceiptError."""
    tree = read(path)
    folder = path if os.path.isdir(path) else os.path.dirname(path) or "."
    then = str(tree.get("invocation", {}).get("cwd", "."))
    base = then if os.path.isdir(then) else "."
    return list(_checked(tree, folder, base))


def holds(rows: list[Checked]) -> bool:
    """Whether everything is as it was."""
    return all(row.state == SAME for row in rows)


def _checked(tree: Mapping[str, Any], folder: str, base: str) -> Iterator[Checked]:
    yield _one("config", tree["config"], base)
    for row in tree["data"]:
        yield _one("data", row, base)
    for row in tree.get("subject", ()):
        yield _one("weights", row, folder)


def _one(role: str, row: Mapping[str, Any], base: str) -> Checked:
    file = str(row["file"])
    try:
        sha256, size = surroundings.digest(os.path.join(base, file))
    except FileNotFoundError:
        return Checked(role, file, MISSING)
    except OSError as error:
        return Checked(role, file, UNREADABLE, str(error.strerror or error))
    if sha256 == row["sha256"]:
        return Checked(role, file, SAME)
    before = row.get("bytes")
    told = f"sha256 was {str(row['sha256'])[:12]}…, is {sha256[:12]}…"
    return Checked(role, file, CHANGED, told if before in (None, size) else f"{told}; {before} bytes, now {size}")
