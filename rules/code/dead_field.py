"""A key that is declared, validated or shipped, and that nothing but validation or logging uses.

Whatever it says, the run is the same. A finding needs proof: no read and no escape of the key or of a tree above it,
and no construct on the way that the tracer does not model.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...audit.trace import events
from ..finding import WARNING
from ._audited import Audited
from ._rule import CodeExample, CodeReport, CodeRule
from ._trail import home, names, steps

if TYPE_CHECKING:
    from ...audit.trace.flow import KeyFlow

NAME = "dead-field"


def check(audited: Audited) -> Iterator[CodeReport]:
    for key in audited.said(NAME):
        if key.confidence == "unknown" or not any(d.site.file.endswith((".py", ".ipynb")) for d in key.declared):
            continue
        if _names_the_config(audited, key) or {"overridden-after-read", "hard-coded-ignores-key"} & set(key.verdicts):
            continue
        by = key.declared[0].by
        help = "use it or remove it"
        if key.namesakes:
            help = f"the library has a parameter {names(key.namesakes)}: hand it over, or remove the key"
        yield CodeReport(
            home(key),
            key.key,
            f"`{key.key}` is declared ({by}) and {_alone(key)}",
            effect="training is the same whatever it says",
            help=help,
            confidence=key.confidence,
            path=steps(key),
        )


def _alone(key: KeyFlow) -> str:
    """What becomes of it at most: a log line, a file."""
    kept = next((u for u in key.other_uses if u.category in (events.LOGGING, events.SAVED)), None)
    if kept is None:
        return "nothing uses it"
    return f"only {kept.what.partition(' ')[0]} ({kept.site.file}:{kept.site.line}): no training code uses it"


def _names_the_config(audited: Audited, key: KeyFlow) -> bool:
    """Whether the key's default is the path of a config that the entry loads."""
    loaded = {source.path for source in audited.entry.sources if source.path}
    return any(default.value in loaded for default in key.defaults if isinstance(default.value, str))


SCRIPT = """\
import argparse
from transformers import Trainer, TrainingArguments

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--learning_rate", type=float, default=5e-5)
    parser.add_argument("--size", type=int, default=-1)
    options = parser.parse_args()
    args = TrainingArguments("out", learning_rate=options.learning_rate{more})
    Trainer(model=None, args=args).train()
"""
RULE = CodeRule(
    "GA804",
    NAME,
    WARNING,
    check,
    bad=(CodeExample(SCRIPT.format(more=""), ("size",)),),
    good=(CodeExample(SCRIPT.format(more=", max_steps=options.size")),),
    doc=__doc__,
)
