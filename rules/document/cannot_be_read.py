"""The file cannot be read as one mapping of keys to values.

A trainer that loads this file stops before it starts, or trains with none of its keys. The loader is PyYAML's
safe_load (GLiNER's `load_config_as_namespace` calls it), Python's json or tomllib: what they refuse is an error in a
file that looks like a training config, and a warning in a file that was named but does not say what it is.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects import outline, recognise
from ..finding import ERROR, WARNING
from ..rule import Example, Report, Rule

CODES = (
    "unreadable",
    "binary",
    "not-utf8",
    "syntax",
    "empty",
    "not-a-mapping",
    "several-documents",
    "unhashable-key",
    "bad-merge",
    "unknown-tag",
    "bad-value",
    "recursive-alias",
    "too-deep",
    "too-large",
)


def check(config: Config) -> Iterator[Report]:
    training = recognise(outline(config.document))[1] is not None
    for problem in config.document.problems:
        if problem.code in CODES:
            yield Report(
                (),
                problem.message,
                effect="a trainer that loads this file stops here, or reads none of its keys",
                help=problem.help,
                severity=ERROR if training else WARNING,
                at=problem.span,
            )
            return


RULE = Rule(
    "GA001",
    "cannot-be-read",
    ERROR,
    tuple(f"problem.{code}" for code in CODES),
    check,
    bad=(
        Example("model:\n  model_name: bert-base-cased\n  span_mode: markerV0\ntraining: {num_steps: 10\n", ("",)),
        Example("- learning_rate\n- num_train_epochs\n", ("",)),
        Example("", ("",)),
        Example("learning_rate: 0.1\nnum_train_epochs: 3\nlogging_steps: 5\n---\nlearning_rate: 0.2\n", ("",)),
    ),
    good=(Example("model:\n  model_name: bert-base-cased\n  span_mode: markerV0\n"),),
    doc=__doc__,
)
