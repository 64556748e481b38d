"""A key that belongs to another section: the code that reads that section does not see it here.

A learning rate under `model` becomes an attribute of GLiNER's config that nothing reads; a model key under `training`
is no training argument. Whether it is lost or stops the run depends on the trainer.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects.base import ARGS, CALL, LOFTQ, LORA, MODEL
from ..finding import ERROR, WARNING
from ..rule import Example, Report, Rule, show
from ._names import past, place

WHERE = {MODEL: "model", ARGS: "training", CALL: "training", LORA: "lora", LOFTQ: "lora.loftq_config"}


def check(config: Config) -> Iterator[Report]:
    for unknown in config.unknown:
        if unknown.elsewhere is None or not unknown.section.path or past(config, unknown) is not None:
            continue
        home = WHERE[unknown.elsewhere.role]
        key, value = str(unknown.path[-1]), show(config.settings_value(unknown.path))
        yield Report(
            unknown.path,
            f"`{key}: {value}` stands{place(config, unknown)} but belongs to `{home}`",
            effect=(
                "GLiNER's config keeps it as an attribute that nothing reads"
                if MODEL in unknown.section.roles
                else f"code that reads `{home}` does not see it"
            )
            + f"; `{unknown.elsewhere.parameter}` stays unset",
            help=f"move it to `{home}`",
            on="key",
            severity=ERROR if config.closed else WARNING,
        )


RULE = Rule(
    "GA103",
    "key-in-wrong-section",
    WARNING,
    ("unknown",),
    check,
    bad=(
        Example(
            "model:\n  model_name: a/b\n  span_mode: markerV0\n  learning_rate: 0.1\n",
            ("model.learning_rate",),
        ),
    ),
    good=(Example("model:\n  model_name: a/b\n  span_mode: markerV0\ntraining:\n  learning_rate: 0.1\n"),),
    doc=__doc__,
)
