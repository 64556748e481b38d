"""A value of a kind that the library does not take.

The kinds are those of the library's own annotation, with the kind of its default always allowed. Dataclasses do not
check them: the run stops later, where the value is used, or a text counts as true. A null is reported as an error only
where it is known to stop the run; elsewhere libraries read it as "not set".
"""

from collections.abc import Iterator

from ...audit.config import Config
from ..finding import ERROR
from ..rule import Example, Report, Rule, show
from . import _schema
from ._schema import yaml_word


def check(config: Config) -> Iterator[Report]:
    for violation, parameter, value in _schema.violations(config, ("type", "anyOf")):
        if yaml_word(config, violation) is not None:
            continue
        if value is None and violation.target.parameter not in NULL_STOPS:
            continue
        key = _schema.name(violation)
        kind = _schema.wanted(parameter.schema)
        yield Report(
            violation.path,
            f"`{key}: {show(value)}` is {_kind(value)}; {_schema.where(config, violation)} takes {kind}",
            effect=_effect(value),
            help=f"write {kind}",
        )


def _kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a truth value"
    if isinstance(value, (int, float)):
        return "a number"
    return "text" if isinstance(value, str) else "a list" if isinstance(value, list) else "a mapping"


def _effect(value: object) -> str:
    if value is None:
        return "training stops where it is used"
    if isinstance(value, str):
        return "training stops where it is used, or counts any text as true"
    return "training stops where it is used, or takes it for something else"


# Parameters that a null stops (found by running each with null; transformers 5.16.1, gliner 0.2.29).
NULL_STOPS: frozenset[str] = frozenset({"learning_rate", "num_train_epochs", "max_steps"})

RULE = Rule(
    "GA202",
    "wrong-type",
    ERROR,
    ("structural.type", "structural.anyOf"),
    check,
    bad=(
        Example("num_train_epochs: 3\nlogging_steps: 10\nbf16: 'no'\n", ("bf16",)),
        Example("num_train_epochs: 3\nlogging_steps: [10]\nlearning_rate: 0.1\n", ("logging_steps",)),
    ),
    good=(Example("num_train_epochs: 3\nlogging_steps: 10\nbf16: no\n"),),
    doc=__doc__,
)
