"""A key that the project validates and that reaches no parameter of the library.

Whoever sets it is told that the value is good, and training never sees it. A finding needs that no trail of the key was
lost; a key that only steers the script as it should (`lora.enabled`) is left alone.
"""

from collections.abc import Iterator

from ..finding import ERROR, WARNING
from ._audited import Audited
from ._example import script
from ._rule import CodeExample, CodeReport, CodeRule
from ._trail import home, names, steps, validator

NAME = "validated-but-not-forwarded"


def check(audited: Audited) -> Iterator[CodeReport]:
    for key in audited.said(NAME):
        missed = key.namesakes
        yield CodeReport(
            home(key),
            key.key,
            f"`{key.key}` is validated by {validator(key)} and reaches no parameter of the training call",
            effect=f"every value of it is accepted, and {names(missed)} keeps the library's default"
            if missed
            else "every value of it is accepted and none changes the training",
            help=f"hand it over as {names(missed)}, or drop it from the validator"
            if missed
            else "use it, or drop it from the validator",
            severity=ERROR if missed else WARNING,
            confidence=key.confidence,
            path=steps(key),
        )


CHECKED = """\
def validate(cfg):
    if not isinstance(cfg["seed"], int):
        raise ValueError("seed")
    if cfg["learning_rate"] <= 0:
        raise ValueError("learning_rate")

"""
RULE = CodeRule(
    "GA801",
    NAME,
    WARNING,
    check,
    bad=(
        CodeExample(
            script('validate(cfg)\nargs = TrainingArguments("out", learning_rate=cfg["learning_rate"])', CHECKED),
            ("seed",),
        ),
    ),
    good=(
        CodeExample(
            script(
                'validate(cfg)\nargs = TrainingArguments("out", learning_rate=cfg["learning_rate"], seed=cfg["seed"])',
                CHECKED,
            )
        ),
    ),
    doc=__doc__,
)
