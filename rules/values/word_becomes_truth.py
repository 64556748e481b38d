"""A plain word that YAML reads as a truth value where text is meant: `eval_strategy: no`.

For YAML 1.1, which PyYAML follows, `no`, `off`, `yes` and `on` are false and true. `eval_strategy: no` arrives as
False, which is no strategy (transformers 5.16.1: ValueError). In quotes it is text.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ..finding import ERROR
from ..rule import Example, Mend, Report, Rule, show
from . import _schema


def check(config: Config) -> Iterator[Report]:
    for violation in config.structural:
        word = _schema.yaml_word(config, violation)
        parameter = config.parameter(violation.target.parameter, violation.target.role)
        if word is None or parameter is None:
            continue
        weight = _schema.weigh(config, violation, parameter)
        key, value = _schema.name(config, violation), show(config.settings_value(violation.path))
        yield Report(
            violation.path,
            f"`{key}: {word}` is {value} for the loader, not the text {word!r}",
            effect=weight.effect,
            help=f'put it in quotes: `{key}: "{word}"`',
            severity=weight.severity,
            confidence=weight.confidence,
            mends=(Mend("put it in quotes", "value", violation.path, f'"{word}"', True),),
        )


RULE = Rule(
    "GA205",
    "word-becomes-truth",
    ERROR,
    ("structural.enum", "structural.type", "structural.anyOf"),
    check,
    bad=(Example("num_train_epochs: 3\nlogging_steps: 10\neval_strategy: no\n", ("eval_strategy",)),),
    good=(Example("num_train_epochs: 3\nlogging_steps: 10\neval_strategy: 'no'\n"),),
    doc=__doc__,
)
