"""Did you mean: the known name nearest to an unknown one."""

from __future__ import annotations

from collections.abc import Iterable


def distance(a: str, b: str, most: int) -> int:
    """Edits (insert, drop, replace, swap of neighbours) between two names; anything over `most` comes back as
    most+1."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    two_up: list[int] = []
    up = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(up[j] + 1, row[j - 1] + 1, up[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, two_up[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        two_up, up = up, row
    return up[-1]


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one known name that `name` is a slip of, or None.

    One edit in four letters is a slip, three at most; dashes, case and dots are none. A tie says nothing.
    """
    plain = _plain(name)
    most = min(3, max(1, len(plain) // 4)) if len(plain) >= 3 else 0
    best: list[str] = []
    for candidate in known:
        other = _plain(candidate)
        if other == plain:
            return candidate
        if not most:
            continue
        found = distance(plain, other, most)
        if found < most:
            most, best = found, [candidate]
        elif found == most:
            best.append(candidate)
    return best[0] if len(best) == 1 else None


def plain_slip(name: str, meant: str) -> bool:
    """A slip beyond doubt: one edit, two in a long name, and no word that begins with another letter.

    A wrong first letter makes another word (`use_lora` is no slip of `use_dora`).
    """
    a, b = _plain(name), _plain(meant)
    words, others = a.split("_"), b.split("_")
    if len(words) == len(others) and any(x[:1] != y[:1] for x, y in zip(words, others, strict=True)):
        return False
    most = 2 if len(a) >= 12 else 1
    return len(a) >= 5 and distance(a, b, most) <= most


def _plain(name: str) -> str:
    return name.lower().replace("-", "_").replace(".", "_")
