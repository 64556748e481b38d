"""A value that the validator accepts and that a lookup turns into another one: `TABLE.get(value, default)`.

Whatever is not in the table, a slip of the pen as well, becomes the default without a word. The library does the same
with a few of its choices: GLiNER takes any `loss_reduction` and sums for those that it does not know.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...audit.trace.values import LOOKUP
from ...audit.trace.verdicts import mapped_away
from ..finding import WARNING, Step
from ..rule import show
from ._audited import Audited, accepted
from ._example import script
from ._rule import CodeExample, CodeReport, CodeRule
from ._trail import steps

if TYPE_CHECKING:
    from ...audit.trace.flow import KeyFlow

NAME = "value-mapped-away"
MOST = 6


def check(audited: Audited) -> Iterator[CodeReport]:
    for key in audited.said(NAME):
        for lookup in mapped_away(key):
            default = show(lookup.default.value) if lookup.default is not None else lookup.default_text
            enums = [set(c.values) for c in key.validated if c.kind == "enum" and c.values]
            gone = sorted(map(show, set.intersection(*enums) - set(lookup.table))) if enums else []
            which = (
                f"{', '.join(gone[:MOST])}, which the validator accepts," if gone else "any value that the table lacks"
            )
            known = ", ".join(show(one) for one in lookup.table[:MOST])
            yield CodeReport(
                lookup.site,
                key.key,
                f"`{key.key}`: {which} becomes {default}; the table knows {known}",
                effect=f"training uses {default} instead of what is written",
                help="raise an error for a value that the table lacks, and check the key against the table's keys",
                confidence=key.confidence,
                path=steps(key, Step(lookup.site.file, lookup.site.line, f"looked up, {default} when not found")),
            )
    for key in audited.user_keys():
        yield from _by_the_library(audited, key)


def _by_the_library(audited: Audited, key: KeyFlow) -> Iterator[CodeReport]:
    for forward in key.forwarded:
        parameter = audited.parameter(forward)
        known = parameter.choices if parameter is not None else ()
        unknown = [v for v in accepted(key) if known and v not in known]
        if parameter is None or not unknown or len(unknown) == len(accepted(key)) or LOOKUP in forward.tags:
            continue
        place = next(c for c in key.validated if c.kind == "enum" and unknown[0] in c.values)
        values = ", ".join(map(show, unknown))
        file, _, line = parameter.choices_source.rpartition(":")
        ends = (Step(file, int(line), f"the choices of `{forward.param}`"),) if line.isdigit() else ()
        yield CodeReport(
            place.site,
            key.key,
            f"the validator accepts `{key.leaf}: {values}`, which {forward.sink} takes for something else: "
            f"`{forward.param}` knows {', '.join(map(show, known))}",
            effect="training goes on with another value than the one that is written",
            help=f"take {values} out of {place.by}",
            confidence=key.confidence,
            path=steps(key, *ends),
        )
        return


TABLE = 'OPTIMIZERS = {"adamw": "adamw_torch", "sgd": "sgd"}\n\n'
RULE = CodeRule(
    "GA812",
    NAME,
    WARNING,
    check,
    bad=(
        CodeExample(
            script('args = TrainingArguments("out", optim=OPTIMIZERS.get(cfg["optimizer"], "adamw_torch"))', TABLE),
            ("optimizer",),
        ),
    ),
    good=(CodeExample(script('args = TrainingArguments("out", optim=OPTIMIZERS[cfg["optimizer"]])', TABLE)),),
    doc=__doc__,
)
