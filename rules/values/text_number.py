"""A number that the loader reads as text: `1e-5`, `3e4`, `"0.1"`.

PyYAML follows YAML 1.1, where a float needs a dot in the mantissa and a sign in the exponent: `1e-5` is the text
"1e-5", `1.0e-5` the number. A trainer that casts (`float(cfg.lr)`) does not mind; one that does not stops with a
TypeError when the optimiser is made (transformers 5.16.1, gliner 0.2.29: "'<=' not supported between 'float' and
'str'"), or compares text with numbers. So this is an error when the known trainer does not cast, nothing when it does,
and a warning when no trainer is known.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ..finding import PROVEN, WARNING
from ..gliner.other_model_only import unread
from ..rule import Example, Mend, Report, Rule
from . import _schema
from ._number import meant, written


def check(config: Config) -> Iterator[Report]:
    if config.casts:
        return
    for violation in config.structural:
        if violation.keyword not in ("type", "anyOf"):
            continue
        parameter = config.parameter(violation.target.parameter, violation.target.role)
        value = config.settings_value(violation.path)
        number = meant(value, parameter.schema) if parameter is not None else None
        if number is None or parameter is None or unread(config, violation.target):
            continue
        better = written(number)
        weight = _schema.weigh(config, violation, parameter) if config.casts is False else None
        key = _schema.name(config, violation)
        yield Report(
            violation.path,
            f"`{key}: {value}` is text, not a number: the loader reads it as {value!r}",
            effect=weight.effect
            if weight is not None
            else "training stops when the text is used as a number, unless the trainer casts it",
            help=f"write `{better}`",
            severity=WARNING if weight is None else weight.severity,
            confidence=PROVEN if weight is None else weight.confidence,
            mends=(Mend(f"write {better}", "value", violation.path, better, True),),
        )


GLINER = "model:\n  model_name: a/b\n  span_mode: markerV0\ntraining:\n"
RULE = Rule(
    "GA201",
    "text-number",
    WARNING,
    ("structural.type", "structural.anyOf"),
    check,
    bad=(
        Example(GLINER + "  lr_encoder: 1e-5\n  lr_others: 3e4\n", ("training.lr_encoder", "training.lr_others")),
        Example(GLINER + "  lr_encoder: 1e-5\n", ("training.lr_encoder",), casts=False),
        Example("learning_rate: '0.1'\nnum_train_epochs: 3\nlogging_steps: 10\n", ("learning_rate",)),
    ),
    good=(
        Example(GLINER + "  lr_encoder: 1.0e-5\n  lr_others: 30000.0\n"),
        Example(GLINER + "  lr_encoder: 1e-5\n", casts=True),
    ),
    doc=__doc__,
)
