"""A key that is used, but never as the parameter that it is named after.

`seed` goes to `torch.manual_seed` and the Trainer seeds again with its own 42; `root_dir` makes a folder while the
checkpoints go elsewhere. Two keys that change places at the call are each used as the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...audit.trace.verdicts import strong_uses
from ..finding import ERROR, LIKELY
from ._audited import Audited
from ._example import script
from ._rule import CodeExample, CodeReport, CodeRule
from ._trail import home, names, steps

if TYPE_CHECKING:
    from ...audit.trace.flow import KeyFlow
    from ...audit.trace.values import Site

NAME = "used-elsewhere-only"


def check(audited: Audited) -> Iterator[CodeReport]:
    yield from _swapped(audited)
    for key in audited.said(NAME):
        uses = strong_uses(key)
        if not uses or not key.namesakes:
            continue
        what = ", ".join(dict.fromkeys(use.what for use in uses[:3]))
        fixed = next((h for h in audited.entry.hard_coded if h.param in key.namesakes), None)
        keeps = f"{fixed.value!r}, written at {fixed.site.file}:{fixed.site.line}" if fixed else "the library's default"
        yield CodeReport(
            home(key),
            key.key,
            f"`{key.key}` is used ({what}), but never handed over as {names(key.namesakes)}",
            effect=f"{names(key.namesakes)} keeps {keeps}",
            help=f"hand it over as {names(key.namesakes[:1])}",
            confidence=key.confidence if key.confidence != "unknown" else LIKELY,
            path=steps(key),
        )


def _swapped(audited: Audited) -> Iterator[CodeReport]:
    """Keys named like one parameter of a call that reach only another, whose namesake reaches the first."""
    ways: dict[tuple[Site, str, str], KeyFlow] = {}
    for key in audited.user_keys():
        handed = {(f.call, f.param) for f in key.forwarded if not f.library and not f.tags and f.when is None}
        if len(handed) == 1:
            call, param = handed.pop()
            if key.leaf != param and key.leaf in key.namesakes:
                ways[call, key.leaf, param] = key
    for (call, leaf, param), key in ways.items():
        if (call, param, leaf) not in ways:
            continue
        other = ways[call, param, leaf]
        first = next(f for f in key.forwarded if not f.library)
        yield CodeReport(
            first.site,
            key.key,
            f"`{key.key}` is handed over as `{param}`, and `{other.key}` as `{leaf}`: they have changed places",
            effect=f"training takes `{param}` from `{key.key}` and `{leaf}` from `{other.key}`",
            help=f"hand it over as `{leaf}`",
            confidence=key.confidence,
            path=steps(key),
        )


SEEDED = 'torch.manual_seed(cfg["seed"])\nargs = TrainingArguments("out"{more})'
RULE = CodeRule(
    "GA805",
    NAME,
    ERROR,
    check,
    bad=(
        CodeExample("import torch\n" + script(SEEDED.format(more="")), ("seed",)),
        CodeExample(
            script('args = TrainingArguments("out", seed=cfg["data_seed"], data_seed=cfg["seed"])'),
            ("data_seed", "seed"),
        ),
    ),
    good=(CodeExample("import torch\n" + script(SEEDED.format(more=', seed=cfg["seed"]'))),),
    doc=__doc__,
)
