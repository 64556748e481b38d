"""A key that is used, but never as the parameter that it is named after.

`seed` goes to `torch.manual_seed` and the Trainer seeds again with its own 42; `root_dir` makes a folder while the
checkpoints go elsewhere.
"""

from collections.abc import Iterator

from ...audit.trace.verdicts import strong_uses
from ..finding import ERROR, LIKELY
from ._audited import Audited
from ._example import script
from ._rule import CodeExample, CodeReport, CodeRule
from ._trail import home, names, steps

NAME = "used-elsewhere-only"


def check(audited: Audited) -> Iterator[CodeReport]:
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


SEEDED = 'torch.manual_seed(cfg["seed"])\nargs = TrainingArguments("out"{more})'
RULE = CodeRule(
    "GA805",
    NAME,
    ERROR,
    check,
    bad=(CodeExample("import torch\n" + script(SEEDED.format(more="")), ("seed",)),),
    good=(CodeExample("import torch\n" + script(SEEDED.format(more=', seed=cfg["seed"]'))),),
    doc=__doc__,
)
