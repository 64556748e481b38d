"""Values for a parameter: sensible, of a wrong type, out of range, or a word that is almost right."""

from __future__ import annotations

from random import Random
from typing import Any

from .parameters import ABSENT, Parameter

WORDS = ("tuned", "v2", "baseline", "none", "banana")
FORMER_WORDS = ("adamw_hf", "adamw_apex_fused", "lion", "adam", "sgd", "cosine_annealing", "warmup", "never", "all")


def sensible(rng: Random, parameter: Parameter) -> Any:
    """A value that a person would write, of a kind that the parameter declares."""
    default = parameter.default
    if parameter.choices and rng.random() < 0.85:
        return rng.choice(parameter.choices)
    kinds = [k for k in parameter.kinds if k != "null"] or ["null"]
    if "null" in parameter.kinds and rng.random() < 0.15:
        return None
    kind = rng.choice(kinds)
    number = default if isinstance(default, (int, float)) and not isinstance(default, bool) else None
    if kind == "bool":
        return rng.random() < 0.5
    if kind == "int":
        return rng.choice(_near_int(number))
    if kind == "float":
        return rng.choice(_near_float(number))
    if kind == "list":
        return list(default) if isinstance(default, list) and default else [rng.choice(WORDS)]
    if kind == "dict":
        return dict(default) if isinstance(default, dict) else {}
    if kind == "str":
        return default if isinstance(default, str) and default and rng.random() < 0.4 else rng.choice(WORDS[:3])
    return None


def _near_int(number: float | None) -> list[int]:
    if number is None:
        return [1, 2, 16]
    number = int(number)
    if number < 0:
        return [number, 10, 100]
    return [0, 1, 2] if number == 0 else [number, max(1, number // 2), number * 2, number + 1]


def _near_float(number: float | None) -> list[float]:
    if number is None:
        return [0.1, 0.5, 1.0]
    if number < 0:
        return [float(number), 0.5, 0.75]
    return [0.0, 0.01, 0.1] if number == 0 else [number, number / 10, number / 2, number * 2]


def wrong_type(rng: Random, parameter: Parameter) -> Any:
    """A value of a kind that the parameter does not declare, mostly the mistakes that YAML makes easy."""
    kinds = set(parameter.kinds)
    options: list[Any] = [[1, 2], {"a": 1}, ["yes"], []]
    if "float" in kinds:
        options += ["1e-5", "1e-3", "0.1", "5e-5", "1e-4", True, False, "auto", "1,5"]
    elif "int" in kinds:
        options += ["8", "1e3", "16", 8.0, 8.5, 0.5, True, False, "auto", "many"]
    if "bool" in kinds:
        options += ["true", "false", "yes", "True", 1, 0, "auto", 2, "on"]
    if "str" in kinds:
        options += [7, 0.5, True, False]
    if kinds == {"dict"} or kinds == {"dict", "null"}:
        options += ["a", 3, True]
    if "list" in kinds:
        options += ["one", 3, [3], [None]]
    if "null" not in kinds:
        options += [None, None]
    return rng.choice([o for o in options if not _declared(o, kinds)] or [None])


def _declared(value: Any, kinds: set[str]) -> bool:
    names = {bool: "bool", int: "int", float: "float", str: "str", list: "list", dict: "dict", type(None): "null"}
    return names[type(value)] in kinds


def word(rng: Random, parameter: Parameter, every_word: tuple[str, ...]) -> str:
    """A word for a parameter with listed words: right, misspelt, in other case, of a former release, of another."""
    right = rng.choice(parameter.choices)
    pick = rng.random()
    if pick < 0.35:
        return right
    if pick < 0.6:
        return misspelt(rng, right)
    if pick < 0.72:
        return rng.choice([right.upper(), right.capitalize(), f" {right}", f"{right} "])
    if pick < 0.82:
        return right.replace("_", "-") if "_" in right else f"{right}_"
    return rng.choice(FORMER_WORDS if pick < 0.92 else every_word)


def out_of_range(rng: Random, parameter: Parameter) -> Any:
    """A number at or past an edge: zero, negative, above one, huge, tiny; whole where only whole ones are declared."""
    if "float" in parameter.kinds:
        return rng.choice([0, 0.0, -1, -0.5, -1e-5, 1.0, 1.5, 2, 2.5, 100.0, 1e-12, 10000])
    return rng.choice([0, -1, -2, -100, 1, 2, 3, 7, 1000, 10000])


def misspelt(rng: Random, text: str) -> str:
    """The text with one slip of the fingers."""
    if len(text) < 3:
        return text + "x"
    at = rng.randrange(1, len(text) - 1)
    slip = rng.randrange(4)
    if slip == 0:
        return text[:at] + text[at + 1 :]
    if slip == 1:
        return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
    if slip == 2:
        return text[:at] + text[at] + text[at:]
    return text[:at] + rng.choice("abcdefghijklmnopqrstuvwxyz") + text[at + 1 :]


def at_default(parameter: Parameter) -> bool:
    """Whether the parameter has a default that a config can write down."""
    return parameter.default is not ABSENT
