"""Models of Python's own functions and methods: what they do to records, sequences, text and origins."""

from __future__ import annotations

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
