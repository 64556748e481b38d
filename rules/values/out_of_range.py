"""A number beyond what the library takes.

Only bounds that the library's own code enforces count here, at the version in force; values that are accepted and do
something odd have rules of their own.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ..finding import ERROR
from ..rule import Example, Report, Rule, show
from . import _schema

BOUNDS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "minItems": "at least {} of them",
    "maxItems": "at most {} of them",
    "not": "another value",
}


def check(config: Config) -> Iterator[Report]:
    for violation, parameter, value in _schema.violations(config, tuple(BOUNDS)):
        bound = BOUNDS[violation.keyword].format(show(violation.detail))
        weight = _schema.weigh(config, violation, parameter)
        yield Report(
            violation.path,
            f"`{_schema.name(config, violation)}: {show(value)}` is out of range: {_schema.where(config, violation)} "
            f"takes {bound}",
            effect=weight.effect,
            help=f"write a value of {bound}" if violation.keyword != "not" else "write another value",
            severity=weight.severity,
            confidence=weight.confidence,
        )


RULE = Rule(
    "GA204",
    "out-of-range",
    ERROR,
    tuple(f"structural.{keyword}" for keyword in BOUNDS),
    check,
    bad=(Example("num_train_epochs: 3\nlogging_steps: 10\nwarmup_steps: -1\n", ("warmup_steps",)),),
    good=(Example("num_train_epochs: 3\nlogging_steps: 10\nwarmup_steps: 0.1\n"),),
    doc=__doc__,
)
