"""Numbers that YAML 1.1 reads as text, and how to write them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...schemas.validate import is_valid


def as_number(value: Any) -> float | int | None:
    """The number that a text spells; None for any other value, and for texts such as "nan" or "1_000"."""
    if not isinstance(value, str) or not value.strip() or not set(value.strip()) <= set("0123456789+-.eE"):
        return None
    try:
        return int(value)
    except ValueError:
        pass
    try:
        return float(value)
    except ValueError:
        return None


def meant(value: Any, schema: Mapping[str, Any]) -> float | int | None:
    """The number that a text spells where the schema takes that number and not the text, else None."""
    number = as_number(value)
    if number is None or is_valid(schema, value):
        return None
    takes = is_valid({key: schema[key] for key in ("type", "anyOf") if key in schema}, number)
    return number if takes else None


def written(number: float | int) -> str:
    """A number as PyYAML, JSON and TOML all read it back: a float's mantissa has a dot, its exponent a sign."""
    text = repr(number)
    if "e" in text:
        mantissa, exponent = text.split("e")
        sign = exponent[0] if exponent[0] in "+-" else "+"
        digits = exponent.lstrip("+-").lstrip("0") or "0"
        return f"{mantissa if '.' in mantissa else mantissa + '.0'}e{sign}{digits}"
    return text
