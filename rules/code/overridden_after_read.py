"""A key whose value is replaced by a constant between the place that reads it and the library call.

The late assignment wins, and the config is not asked.
"""

from collections.abc import Iterator

from ..finding import ERROR, Step
from ..rule import show
from ._audited import Audited
from ._example import script
from ._rule import CodeExample, CodeReport, CodeRule
from ._trail import steps

NAME = "overridden-after-read"


def check(audited: Audited) -> Iterator[CodeReport]:
    written = {h.site: h for h in audited.entry.hard_coded}
    for key in audited.said(NAME):
        for late in key.overwritten:
            constant = written.get(late.by.site) if late.by is not None and late.by.site is not None else None
            if constant is None or late.by is None:
                continue
            value = show(late.by.value)
            yield CodeReport(
                late.site,
                key.key,
                f"`{key.key}` is replaced by {value} before {constant.sink} gets it as `{constant.param}`",
                effect=f"{constant.param} is {value} whatever the config says",
                help="remove the late assignment, or the key",
                confidence=key.confidence,
                path=steps(key, Step(late.site.file, late.site.line, f"replaced by {value}")),
            )
            break


BODY = 'kwargs = {"output_dir": "out", "max_steps": cfg["max_steps"]}\n{late}args = TrainingArguments(**kwargs)'
RULE = CodeRule(
    "GA811",
    NAME,
    ERROR,
    check,
    bad=(
        CodeExample(
            script(BODY.replace("{late}", 'kwargs["max_steps"] = 500\n')),
            ("max_steps",),
        ),
    ),
    good=(CodeExample(script(BODY.replace("{late}", 'kwargs["seed"] = 7\n'))),),
    doc=__doc__,
)
