"""Equality that tells 1 from True and takes two NaN for one value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


def _same(left: Any, right: Any) -> bool:
    if type(left) is not type(right):
        return False
    if isinstance(left, float):
        return left == right or (left != left and right != right)
    if isinstance(left, dict):
        return len(left) == len(right) and all(
            _same(a, b) and _same(left[a], right[b]) for a, b in zip(left, right, strict=True)
        )
    if isinstance(left, (list, tuple)):
        return len(left) == len(right) and all(map(_same, left, right))
    return bool(left == right)


@pytest.fixture(scope="session")
def same() -> Callable[[Any, Any], bool]:
    """Whether two plain values are equal in type, value and order."""
    return _same
