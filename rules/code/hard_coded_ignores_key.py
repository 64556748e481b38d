"""A literal at the library call where a key of that name exists.

The config has the key, the call has its own value: the literal wins and the key changes nothing there. Other literals
at a call are listed by `gliner-audit flow`, they are no finding.
"""

from collections.abc import Iterator

from ..finding import ERROR, Step
from ..rule import show
from ._audited import Audited
from ._example import script
from ._rule import CodeExample, CodeReport, CodeRule
from ._trail import steps

NAME = "hard-coded-ignores-key"


def check(audited: Audited) -> Iterator[CodeReport]:
    for key in audited.said(NAME):
        if "overridden-after-read" in key.verdicts or key.confidence == "unknown":
            continue
        reached = {forward.param for forward in key.forwarded}
        for constant in audited.entry.hard_coded:
            if constant.param not in key.namesakes or constant.param in reached:
                continue
            written = f"{constant.param}={show(constant.value)}"
            end = Step(constant.site.file, constant.site.line, f"{constant.sink} gets the literal {written}")
            yield CodeReport(
                constant.site,
                key.key,
                f"`{written}` is written at {constant.sink}, so `{key.key}` does not decide it",
                effect=f"{constant.param} is {show(constant.value)} whatever the config says",
                help=f"hand `{key.key}` over instead of the literal",
                confidence=key.confidence,
                path=steps(key, end),
            )


BODY = """\
os.makedirs(cfg["output_dir"], exist_ok=True)
args = TrainingArguments(output_dir={value}, learning_rate=cfg["learning_rate"])"""
RULE = CodeRule(
    "GA806",
    NAME,
    ERROR,
    check,
    bad=(
        CodeExample(
            "import os\n" + script(BODY.format(value='"models"')),
            ("output_dir",),
            also=(("used-elsewhere-only", "output_dir"),),
        ),
    ),
    good=(CodeExample("import os\n" + script(BODY.format(value='cfg["output_dir"]'))),),
    doc=__doc__,
)
