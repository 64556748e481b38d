"""A value that is none of the choices that the library takes.

The choices are those of the library's own enums and checks at the version in force (`lr_scheduler_type`, `optim`,
`eval_strategy`, `span_mode`, ...); another value is refused when the arguments are made or the model is built.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ..finding import ERROR
from ..keys._nearest import nearest
from ..rule import Example, Mend, Report, Rule, show
from . import _schema


def check(config: Config) -> Iterator[Report]:
    for violation, parameter, value in _schema.violations(config, ("enum", "const", "pattern")):
        if _schema.yaml_word(config, violation) is not None:
            continue
        key = _schema.name(violation)
        choices = [choice for choice in parameter.schema.get("enum", ()) if isinstance(choice, str)]
        slip = nearest(value, choices) if isinstance(value, str) else None
        listed = ", ".join(choices[:16]) + (", ..." if len(choices) > 16 else "")
        yield Report(
            violation.path,
            f"`{key}: {show(value)}` is no choice of {_schema.where(config, violation)}",
            effect="training stops: the library refuses the value",
            help=(f"did you mean `{slip}`? " if slip else "") + (f"choices: {listed}" if choices else ""),
            mends=(Mend(f"write {slip}", "value", violation.path, slip),) if slip else (),
        )


RULE = Rule(
    "GA203",
    "not-a-choice",
    ERROR,
    ("structural.enum", "structural.const", "structural.pattern"),
    check,
    bad=(Example("num_train_epochs: 3\nlogging_steps: 10\nlr_scheduler_type: cosin\n", ("lr_scheduler_type",)),),
    good=(Example("num_train_epochs: 3\nlogging_steps: 10\nlr_scheduler_type: cosine\n"),),
    doc=__doc__,
)
