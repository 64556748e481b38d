"""A key that the loader does not read as text: `on`, `1`, `null`, a date.

YAML 1.1 turns `on`, `yes` and `no` into truth values and `1` into a number, also where they are keys. No trainer looks
up `True`; the setting is lost. Put the key in quotes.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ..finding import WARNING
from ..rule import Example, Report, Rule
from ._place import path_of


def check(config: Config) -> Iterator[Report]:
    for problem in config.document.problems:
        if problem.code == "non-string-key":
            yield Report(
                path_of(config.document, problem),
                problem.message,
                effect="code that asks for the key by its text does not find it",
                help=problem.help or "put the key in quotes",
                at=problem.span,
            )


RULE = Rule(
    "GA003",
    "key-is-not-text",
    WARNING,
    ("problem.non-string-key",),
    check,
    bad=(Example("learning_rate: 0.001\nnum_train_epochs: 3\nlogging_steps: 10\non: true\n", ("on",)),),
    good=(Example("learning_rate: 0.001\nnum_train_epochs: 3\nlogging_steps: 10\n'on': true\n"),),
    doc=__doc__,
)
