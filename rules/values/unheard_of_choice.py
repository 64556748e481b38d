"""A value that the library takes and does not know: training goes on as if it were another.

GLiNER compares `masking`, `loss_type` and `loss_reduction` with the names that it knows and lets every other text
through (gliner 0.2.29, modeling/base.py:232-270, 651): `masking: softmax`, as its own documentation has it, masks
nothing. transformers does the same with `train_sampling_strategy` (5.16.1, trainer.py:1036).
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.documents.node import dotted
from ..finding import ERROR
from ..gliner._example import TRAINING
from ..keys._nearest import nearest
from ..rule import Example, Mend, Report, Rule, show

EFFECT = {
    "masking": "no masking: every negative counts in the loss, without a word",
    "loss_type": "training uses the focal loss: only `dice` is told apart",
    "loss_reduction": "a warning in the log, then the loss is summed as for `sum`",
    "train_sampling_strategy": "examples are drawn at random, without a word",
}
# Null stands for the library's own fallback there, and says so.
NULL_IS_FINE = ("loss_type", "train_sampling_strategy")


def check(config: Config) -> Iterator[Report]:
    for name, effect in EFFECT.items():
        setting, parameter = config.get(name), config.parameter(name)
        if setting is None or parameter is None or not parameter.choices or setting.value in parameter.choices:
            continue
        if not isinstance(setting.value, str) and (setting.value is not None or name in NULL_IS_FINE):
            continue
        slip = nearest(setting.value, parameter.choices) if setting.value is not None else None
        yield Report(
            setting.path,
            f"`{dotted(setting.path[-1:])}: {show(setting.value)}` is nothing that the library knows",
            effect=effect,
            help=(f"did you mean `{slip}`? " if slip else "") + f"it knows {', '.join(map(show, parameter.choices))}",
            mends=(Mend(f"write {slip}", "value", setting.path, slip),) if slip else (),
        )


RULE = Rule(
    "GA206",
    "unheard-of-choice",
    ERROR,
    tuple(f"args.{name}" for name in EFFECT),
    check,
    bad=(
        Example(TRAINING + "  masking: softmax\n", ("training.masking",)),
        Example(
            TRAINING + "  loss_type: focall\n  loss_reduction: none\n",
            ("training.loss_type", "training.loss_reduction"),
        ),
    ),
    good=(Example(TRAINING + "  masking: span\n  loss_type: bce\n  loss_reduction: mean\n"),),
    doc=__doc__,
)
