"""A training call that leaves out a parameter which most runs set.

Advice, and from a short published list only: without `num_train_epochs` or `max_steps` the library decides how long the
run is, without a learning rate it takes 5e-5 (transformers' TrainingArguments documents both).
"""

from collections.abc import Iterator

from ..finding import ADVICE
from ._audited import Audited
from ._example import script
from ._rule import CodeExample, CodeReport, CodeRule
from ._trail import names

NAME = "missing-parameter"
ONE_OF = (("num_train_epochs", "max_steps"), ("learning_rate",))
CLASSES = ("transformers.TrainingArguments", "gliner.training.TrainingArguments")


def check(audited: Audited) -> Iterator[CodeReport]:
    for call in audited.entry.calls:
        if call.library or call.sink not in CLASSES or not call.complete:
            continue
        given = {argument.param for argument in call.arguments}
        for wanted in ONE_OF:
            if given & set(wanted):
                continue
            yield CodeReport(
                call.site,
                wanted[0],
                f"{call.sink} is called without {names(wanted)}",
                effect="the library's default decides",
                help=f"set {names(wanted[:1])}, so that a reader sees it",
            )


BODY = 'args = TrainingArguments("out", learning_rate=cfg["learning_rate"]{more})'
RULE = CodeRule(
    "GA817",
    NAME,
    ADVICE,
    check,
    bad=(CodeExample(script(BODY.format(more="")), ("num_train_epochs",), advice=True),),
    good=(CodeExample(script(BODY.format(more=', max_steps=cfg["max_steps"]')), advice=True),),
    doc=__doc__,
)
