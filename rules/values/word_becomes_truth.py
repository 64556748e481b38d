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
        if word is None:
            continue
        key, value = _schema.name(violation), show(config.settings_value(violation.path))
        yield Report(
            violation.path,
            f"`{key}: {word}` is {value} for the loader, not the text {word!r}",
            effect=f"training stops: {_schema.where(config, violation)} does not take {value}",
            help=f'put it in quotes: `{key}: "{word}"`',
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
