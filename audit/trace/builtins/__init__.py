"""Models of Python's own functions and methods: what they do to records, sequences, text and origins."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ast

    from ..calls import Arguments
    from ..machine import Frame, Machine
    from ..values import MakerRef, Value

DICT_METHODS = frozenset(
    "get items keys values pop popitem update setdefault copy clear fromkeys to_dict model_dump dict _asdict".split()
)
LIST_METHODS = frozenset("append extend insert remove sort reverse index count add discard union".split())
TEXT_METHODS = frozenset(
    "lower upper strip lstrip rstrip split rsplit splitlines join format replace startswith endswith encode decode "
    "title capitalize casefold removeprefix removesuffix partition rpartition isdigit isnumeric zfill find "
    "expanduser resolve absolute exists is_file is_dir mkdir with_suffix with_name joinpath as_posix read_text "
    "write_text open glob iterdir is_integer item tolist numpy".split()
)
METHODS = DICT_METHODS | LIST_METHODS | TEXT_METHODS


def call_builtin(m: Machine, name: str, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    from .functions import call_builtin as model

    return model(m, name, args, node, frame)


def call_method(m: Machine, receiver: Value, name: str, args: Arguments, node: ast.AST, frame: Frame) -> Value:
    from .methods import call_method as model

    return model(m, receiver, name, args, node, frame)


def call_maker(m: Machine, target: MakerRef, args: Arguments, node: ast.AST) -> Value:
    from .standard import call_maker as model

    return model(m, target, args, node)


__all__ = ["METHODS", "call_builtin", "call_maker", "call_method"]
