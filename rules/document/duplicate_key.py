"""A key stands twice in one mapping: the last one wins, silently.

PyYAML and Python's json keep the last value and say nothing; the first one, often the one that was reviewed, is lost.
Remove one of the two.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ..finding import ERROR, WARNING
from ..rule import Example, Report, Rule
from ._place import path_of


def check(config: Config) -> Iterator[Report]:
    for problem in config.document.problems:
        if problem.code == "duplicate-key":
            related = problem.related
            source = config.document.source
            same = related is not None and source.line(related.line).strip() == source.line(problem.span.line).strip()
            yield Report(
                path_of(config.document, problem),
                problem.message,
                effect="none while both say the same"
                if same
                else "the loader drops one of the two values without a word",
                help=problem.help or "remove one of the two",
                severity=WARNING if same else ERROR,
                at=problem.span,
                beside=() if related is None else ((related, "written here first"),),
            )


RULE = Rule(
    "GA002",
    "duplicate-key",
    ERROR,
    ("problem.duplicate-key",),
    check,
    bad=(
        Example(
            "learning_rate: 0.001\nnum_train_epochs: 3\nlogging_steps: 10\nlearning_rate: 0.002\n", ("learning_rate",)
        ),
    ),
    good=(Example("learning_rate: 0.001\nnum_train_epochs: 3\nlogging_steps: 10\n"),),
    doc=__doc__,
)
