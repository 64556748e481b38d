"""Telling a JSON config from JSON data by its first bytes: data files of a gigabyte are never read whole."""

from __future__ import annotations

import os
import re
from typing import Final

HEAD: Final = 4096
"""Bytes that are looked at."""

LIMIT: Final = 1 << 20
"""Bytes beyond which a JSON file is data; the largest config of the corpora in the field is far smaller."""

_FIRST_KEY = re.compile(rb'\s*\{\s*(?:\}|"([^"\\]*)"\s*:)')


def sniff(path: str) -> bool:
    """Whether a .json file looks like a config: one object of moderate size whose first key is a name.

    Lists, JSON Lines, vocabularies (`{"!": 0`) and files that cannot be read are no configs.
    """
    try:
        if os.path.getsize(path) > LIMIT:
            return False
        with open(path, "rb") as stream:
            head = stream.read(HEAD)
    except OSError:
        return False
    found = _FIRST_KEY.match(head.removeprefix(b"\xef\xbb\xbf"))
    if found is None:
        return False
    first = found.group(1)
    if first is not None and not re.fullmatch(rb"[$@A-Za-z_][\w$@./ -]*", first):
        return False
    first_line, _, rest = head.partition(b"\n")
    records = first_line.rstrip().endswith(b"}") and rest.lstrip().startswith(b"{")
    return not records and b"\0" not in head
