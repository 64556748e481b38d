"""A key that reaches the library although the project's validator does not know it.

The project checks its other keys before a run; this one is found wrong only when the library refuses it, or never.
"""

from collections.abc import Iterator

from ...audit.trace.values import LOADED
from ..finding import WARNING
from ._audited import Audited, checked
from ._example import script
from ._rule import CodeExample, CodeReport, CodeRule
from ._trail import chain, steps, validator

NAME = "forwarded-but-unvalidated"
# Parameters that take data and objects: no value of a config can be checked for them.
_OBJECTS = frozenset(
    {"model", "train_dataset", "eval_dataset", "tokenizer", "processing_class", "data_collator", "callbacks"}
)


def check(audited: Audited) -> Iterator[CodeReport]:
    validated = [key for key in audited.user_keys() if key.kind == "config" and checked(key)]
    for key in audited.said(NAME):
        first = next((f for f in key.forwarded if not f.library), None)
        if first is None or first.sink.endswith(("Trainer", ".from_pretrained", ".train")):
            continue
        if first.tags & {LOADED} or first.param in _OBJECTS:
            continue
        yield CodeReport(
            first.site,
            key.key,
            f"`{key.key}` goes to {chain(key.forwarded)}, and the validator ({validator(validated[0])}) "
            "does not know it",
            effect="a wrong value is found only when the library refuses it, or never",
            help="add it to the validator",
            confidence=key.confidence,
            path=steps(key),
        )


CHECKED = """\
def validate(cfg):
    if cfg["learning_rate"] <= 0:
        raise ValueError("learning_rate")
    if cfg["max_steps"] <= 0:
        raise ValueError("max_steps")
    if cfg["weight_decay"] < 0:
        raise ValueError("weight_decay")

"""
BODY = """\
validate(cfg)
args = TrainingArguments(
    "out",
    learning_rate=cfg["learning_rate"],
    weight_decay=cfg["weight_decay"],
    max_steps=cfg["max_steps"],
    seed=cfg["seed"],
)"""
RULE = CodeRule(
    "GA802",
    NAME,
    WARNING,
    check,
    bad=(CodeExample(script(BODY, CHECKED), ("seed",)),),
    good=(
        CodeExample(script(BODY, CHECKED + "    if cfg['seed'] < 0:\n        raise ValueError('seed')\n\n")),
        CodeExample(script(BODY.partition("\n")[2])),
    ),
    doc=__doc__,
)
