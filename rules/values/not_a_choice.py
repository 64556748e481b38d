"""A value that is none of the choices that the library takes.

The choices are those of the library's own enums and checks at the version in force (`lr_scheduler_type`, `optim`,
`eval_strategy`, `span_mode`, `masking`, ...). Some are refused when the arguments are made or the model is built;
GLiNER takes any text for `masking` and `loss_type` and silently trains as if it were another.
"""

from collections.abc import Iterator

from ...audit.config import Config, Violation
from ...schemas.surface import Parameter
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
            effect=_effect(violation, parameter, value),
            help=(f"did you mean `{slip}`? " if slip else "") + (f"choices: {listed}" if choices else ""),
            mends=(Mend(f"write {slip}", "value", violation.path, slip),) if slip else (),
        )


def _effect(violation: Violation, parameter: Parameter, value: object) -> str:
    silent = SILENT.get(violation.target.parameter)
    return silent.format(value=show(value)) if silent else "training stops: the library refuses the value"


# What the library does with an unknown choice that it does not refuse (gliner 0.2.29, modeling/base.py:232-270, 651).
SILENT = {
    "masking": "no masking at all: every negative counts in the loss, without a word",
    "loss_type": "trains with the focal loss: only `dice` is told apart",
    "loss_reduction": "a warning in the log, then the loss is summed as for `sum`",
    "post_fusion_schema": "parts that are not known are skipped without a word",
    "freeze_components": "a warning in the log, then nothing is frozen",
    "packing_strategy": "refused late, when the data is packed",
}


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
