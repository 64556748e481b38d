"""A key whose declared default is null, and that a conversion takes without a test: the run crashes there.

`float(None)` is a TypeError. Only a conversion that every run reaches counts; one behind a test or in a branch is left
alone. A config that says null itself is held against its trainer in the same way.
"""

from collections.abc import Iterator

from ..finding import ERROR, Step
from ._audited import Audited
from ._nulls import crash
from ._rule import CodeExample, CodeReport, CodeRule
from ._trail import steps

NAME = "null-crash"


def check(audited: Audited) -> Iterator[CodeReport]:
    for key in audited.user_keys():
        defaults = [default for default in key.defaults if not default.library]
        if not defaults or not all(default.kind == "value" and default.value is None for default in defaults):
            continue
        found = crash(audited, key)
        if found is None:
            continue
        yield CodeReport(
            found.site,
            key.key,
            f"`{key.key}` is null by default ({defaults[0].layer}), and {found.text} takes it without a test",
            effect=f"a run that does not set it stops here with a {found.error}",
            help="test with `is not None` first, or give it a default of its type",
            confidence=key.confidence,
            path=steps(key, Step(found.site.file, found.site.line, f"{found.text} of null raises {found.error}")),
        )


SCRIPT = """\
import argparse
from transformers import Trainer, TrainingArguments

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--learning_rate"{default})
    options = parser.parse_args()
    args = TrainingArguments("out", learning_rate=float(options.learning_rate))
    Trainer(model=None, args=args).train()
"""
RULE = CodeRule(
    "GA815",
    NAME,
    ERROR,
    check,
    bad=(CodeExample(SCRIPT.format(default=", default=None"), ("learning_rate",)),),
    good=(CodeExample(SCRIPT.format(default=", required=True")),),
    doc=__doc__,
)
