"""Two keys set the same parameter: a short name and the library's own, or two sections.

`lr_encoder` and `learning_rate` are one parameter. Which of the two a trainer takes depends on its code; one of them is
lost. Keep one. A Trainer's config that holds one name in two places is a warning: the script may read only one of them.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.documents.node import dotted
from ..finding import ERROR, WARNING
from ..rule import Example, Report, Rule, show


def check(config: Config) -> Iterator[Report]:
    for first, second in config.conflicts:
        same = first.value == second.value
        yield Report(
            second.path,
            f"`{dotted(second.path)}: {show(second.value)}` and `{dotted(first.path)}: {show(first.value)}` both set "
            f"`{first.parameter}`",
            effect="the trainer uses one of them" + ("" if same else " and the other value is lost"),
            help="keep one of the two",
            on="key",
            severity=None if first.path[:-1] == second.path[:-1] or config.dialect.name == "gliner" else WARNING,
            related=((first.path, "set here first"),),
        )


RULE = Rule(
    "GA105",
    "set-twice",
    ERROR,
    ("conflict",),
    check,
    bad=(
        Example(
            "model:\n  model_name: a/b\n  span_mode: markerV0\n"
            "training:\n  lr_encoder: 1.0e-5\n  learning_rate: 2.0e-5\n",
            ("training.learning_rate",),
        ),
    ),
    good=(Example("model:\n  model_name: a/b\n  span_mode: markerV0\ntraining:\n  lr_encoder: 1.0e-5\n"),),
    doc=__doc__,
)
