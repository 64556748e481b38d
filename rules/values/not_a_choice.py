"""A value that is none of the choices that the library takes.

The choices are those of the library's own enums and checks at the version in force (`lr_scheduler_type`, `optim`,
`eval_strategy`, `span_mode`, ...); another value is refused when the arguments are made or the model is built. Choices
that only an annotation lists are refused by nobody, so that is a warning unless a run with an unknown word stopped.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ..finding import ERROR
from ..keys._nearest import nearest
from ..rule import Example, Mend, Report, Rule, show
from . import _schema

# Words that the code compares in small letters (peft 0.21.2, tuners/lora/layer.py:294-339).
CASELESS = {"init_lora_weights": ("gaussian", "olora", "mica")}


def check(config: Config) -> Iterator[Report]:
    for violation, parameter, value in _schema.violations(config, ("enum", "const", "pattern", "anyOf")):
        if _schema.yaml_word(config, violation) is not None:
            continue
        if violation.keyword == "anyOf" and not _schema.is_word(violation, parameter, value):
            continue
        if isinstance(value, str) and value.lower() in CASELESS.get(violation.target.parameter, ()):
            continue
        key = _schema.name(config, violation)
        choices = _schema.choices(parameter.schema)
        slip = nearest(value, choices) if isinstance(value, str) else None
        listed = ", ".join(choices[:16]) + (", ..." if len(choices) > 16 else "")
        weight = _schema.weigh(config, violation, parameter)
        yield Report(
            violation.path,
            f"`{key}: {show(value)}` is no choice of {_schema.where(config, violation)}",
            effect=weight.effect,
            help=(f"did you mean `{slip}`? " if slip else "") + (f"choices: {listed}" if choices else ""),
            severity=weight.severity,
            confidence=weight.confidence,
            mends=(Mend(f"write {slip}", "value", violation.path, slip),) if slip else (),
        )


RULE = Rule(
    "GA203",
    "not-a-choice",
    ERROR,
    ("structural.enum", "structural.const", "structural.pattern", "structural.anyOf"),
    check,
    bad=(Example("num_train_epochs: 3\nlogging_steps: 10\nlr_scheduler_type: cosin\n", ("lr_scheduler_type",)),),
    good=(Example("num_train_epochs: 3\nlogging_steps: 10\nlr_scheduler_type: cosine\n"),),
    doc=__doc__,
)
