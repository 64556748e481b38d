"""Values as the receipt may hold them: JSON, without secrets, and small."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from ...rules.redact import MASK, redact
from ...rules.secrets import is_secret_key

LARGEST: Final = 200_000
"""Bytes of a receipt."""
_LONGEST_TEXT: Final = 2000
_KEPT_LOSSES: Final = (1000, 200, 50)
_KEPT_ROWS: Final = 20
# Bytes that the line on what was left out takes at most.
_NOTE: Final = 200

Tree = dict[str, Any]


def clean(value: Any, key: str = "") -> Any:
    """The value as JSON: secrets masked by their key or their shape, long texts cut, numbers that JSON lacks as text.

    `key` is the name that the value stands under.
    """
    value = getattr(value, "value", value)
    if isinstance(value, Mapping):
        own = str(value["key"]) if isinstance(value.get("key"), str) else ""
        return {str(name): clean(item, own if name in _VALUES else str(name)) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [clean(item, key) for item in value]
    if value is None or isinstance(value, bool):
        return value
    if key and is_secret_key(key):
        return MASK
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    return _text(value if isinstance(value, str) else str(value))


# In a row of `keys` these hold the value of the row's own key.
_VALUES: Final = frozenset(("requested", "planned", "at_sink", "effective"))


@lru_cache(maxsize=2048)
def _text(text: str) -> str:
    text = redact(text.encode("utf-8", "backslashreplace").decode())
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"


def encode(tree: Tree) -> bytes:
    """The receipt as it is written, of at most LARGEST bytes: what is left out is named in `left_out`."""
    text = _dump(tree)
    for shrink in (_thin, _without_text, _short_lists, _short_table):
        if len(text) <= LARGEST:
            break
        tree = shrink(tree, len(text) - LARGEST)
        text = _dump(tree)
    return text


def _dump(tree: Tree) -> bytes:
    """One field a line, and one row a line in lists: fit for diffs, and the encoder in C writes each."""
    fields = (f"{_compact(name)}: {_rows(value)}" for name, value in tree.items())
    return ("{\n" + ",\n".join(fields) + "\n}\n").encode()


def _rows(value: Any) -> str:
    if isinstance(value, list) and value:
        return "[\n " + ",\n ".join(map(_compact, value)) + "\n]"
    return _compact(value)


_compact: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def _leave_out(tree: Tree, what: str, **changed: Any) -> Tree:
    return {**tree, **changed, "left_out": [*tree.get("left_out", ()), what]}


def thin(losses: list[Any], most: int = _KEPT_LOSSES[0]) -> list[Any]:
    """At most `most` rows, evenly chosen, the first and the last among them."""
    if len(losses) <= most:
        return losses
    step = (len(losses) - 1) / (most - 1)
    return [losses[round(index * step)] for index in range(most)]


def _thin(tree: Tree, _: int) -> Tree:
    losses = tree.get("losses", [])
    return _leave_out(tree, "losses between those listed", losses=thin(losses, _KEPT_LOSSES[1]))


def _without_text(tree: Tree, over: int) -> Tree:
    text = tree["config"].get("text")
    if not text:
        return tree
    return _leave_out(tree, "the text of the config", config={**tree["config"], "text": None})


def _short_lists(tree: Tree, _: int) -> Tree:
    changed: Tree = {"losses": thin(tree.get("losses", []), _KEPT_LOSSES[2])}
    for name in ("notes", "attempts", "subject", "checks_not_run"):
        changed[name] = tree.get(name, [])[-_KEPT_ROWS:]
    changed["lint"] = {**tree["lint"], "findings": tree["lint"].get("findings", [])[:10]}
    changed["data"] = [{**row, "labels": None} if "labels" in row else row for row in tree["data"]]
    return _leave_out(tree, "all but the last rows of long lists, all but 10 findings, label counts", **changed)


def _short_table(tree: Tree, over: int) -> Tree:
    """Rows of keys that the user did not write go last, and go first."""
    rows = sorted(tree["keys"], key=lambda row: not row["set"])
    held = len(rows)
    over += _NOTE
    sizes = [len(_compact(row).encode()) for row in rows]
    while held and over > 0:
        held -= 1
        over -= sizes[held]
    return _leave_out(tree, f"{len(rows) - held} rows of keys", keys=rows[:held])
