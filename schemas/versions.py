"""Versions in order: the part of PEP 440 that release numbers with pre-, post- and development marks need."""

from __future__ import annotations

import re

_PARTS = re.compile(r"v?(?:\d+!)?(\d+(?:\.\d+)*)[-_.]?(.*)", re.IGNORECASE)
_MARK = re.compile(r"(dev|a|alpha|b|beta|c|rc|pre|preview|post|rev|r)[-_.]?(\d*)", re.IGNORECASE)
_RANK = {"dev": -4, "a": -3, "alpha": -3, "b": -2, "beta": -2, "c": -1, "rc": -1, "pre": -1, "preview": -1}

Key = tuple[tuple[int, ...], tuple[tuple[int, int], ...]]


def key(version: str) -> Key:
    """A sort key: "5.0.0.dev0" < "5.0.0rc1" < "5.0.0" = "5.0" < "5.0.0.post1". A local part ("+cpu") is ignored.

    Raises ValueError for a text that does not begin with a release number.
    """
    found = _PARTS.fullmatch(version.strip().partition("+")[0])
    if found is None:
        raise ValueError(f"not a version: {version!r}")
    release = [int(part) for part in found[1].split(".")]
    while len(release) > 1 and release[-1] == 0:
        release.pop()
    marks = tuple((_RANK.get(name.lower(), 1), int(number or 0)) for name, number in _MARK.findall(found[2]))
    return tuple(release), (*marks, (0, 0))
