"""A key that is handed over and dropped: the callee takes it in `**kwargs` and never looks at it.

No error is raised, and the value is gone.
"""

from collections.abc import Iterator

from ..finding import ERROR, Step
from ._audited import Audited
from ._example import script
from ._rule import CodeExample, CodeReport, CodeRule
from ._trail import steps

NAME = "swallowed-by-kwargs"


def check(audited: Audited) -> Iterator[CodeReport]:
    for key in audited.said(NAME):
        if audited.uncertain(key) or not key.swallowed:
            continue
        place = key.swallowed[0]
        end = Step(place.site.file, place.site.line, f"{place.callee} takes it and drops it")
        yield CodeReport(
            place.site,
            key.key,
            f"`{key.key}` is handed to {place.callee}, which swallows it in its **kwargs",
            effect="the value is lost without an error",
            help=f"name it in the signature of {place.callee} and use it, or do not hand it over",
            confidence=key.confidence,
            path=steps(key, end),
        )


BUILD = """\
def build(learning_rate, **kwargs):
    return TrainingArguments("out", learning_rate=learning_rate{more})

"""
BODY = 'args = build(cfg["learning_rate"], warmup_steps=cfg["warmup_steps"])'
RULE = CodeRule(
    "GA809",
    NAME,
    ERROR,
    check,
    bad=(CodeExample(script(BODY, BUILD.format(more="")), ("warmup_steps",)),),
    good=(CodeExample(script(BODY, BUILD.format(more=", **kwargs"))),),
    doc=__doc__,
)
