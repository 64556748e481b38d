"""Which loads of an entry a config file stands for, where the code loads more than one file."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING

from ...audit.trace.events import COMMAND_LINE

if TYPE_CHECKING:
    from ...audit.trace.values import Site
    from ._audited import Audited


def loads_of(audited: Audited, present: Collection[str], names: Collection[str]) -> frozenset[int]:
    """The numbers of the loads whose file has one of `names`, as the code writes it; else those of the only load, or
    of the one that most keys of `present` are read from.

    Empty where that is not clear, as for a helper that loads several files, and for a file that is laid over another
    or another over it: it need not hold every key.
    """
    loads = [s for s in audited.entry.sources if s.kind == "config" and s.what != COMMAND_LINE]
    if any(not source.path and _in_a_helper(audited, source.site) for source in loads):
        return frozenset()
    own = frozenset(source.number for source in loads if source.path in names)
    numbers = frozenset(source.number for source in loads)
    mixed = {source.number for source in loads if source.mixed}
    if own or len(numbers) < 2:
        return (own or numbers) - mixed
    keys = [key for key in audited.entry.keys if key.key in present]
    counts = Counter(number for key in keys for number in {read.source for read in key.reads} & numbers)
    most = counts.most_common(2)
    if not most or (len(most) > 1 and most[0][1] == most[1][1]):
        return frozenset()
    return frozenset((most[0][0],)) - mixed


def _in_a_helper(audited: Audited, site: Site) -> bool:
    """Whether a load stands in a function that the code calls in more than one place, each with a file of its own."""
    try:
        tree = ast.parse(audited.texts.get(site.file, ""))
    except (SyntaxError, ValueError):
        return False
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.lineno <= site.line <= (node.end_lineno or 0)
    ]
    if not around:
        return False
    calls = re.compile(rf"(?<!def )\b{re.escape(around[-1].name)}\(")
    return sum(len(calls.findall(text)) for text in audited.own_texts()) > 1
