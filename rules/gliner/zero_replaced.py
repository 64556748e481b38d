"""A zero that `train_model` replaces: `others_lr: 0` or `others_weight_decay: 0.0`.

GLiNER's create_training_args writes `others_lr or learning_rate` and `others_weight_decay or weight_decay` (gliner
0.2.29, model.py:2428-2429), so a zero becomes the encoder's value: the heads are not frozen, their decay is not off. A
trainer that builds gliner.training.TrainingArguments itself keeps the zero. To freeze parts of the model use
`freeze_components`.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.documents.node import dotted
from ..finding import ERROR, WARNING
from ..rule import Example, Report, Rule, show
from ._example import TRAINING


def check(config: Config) -> Iterator[Report]:
    for parameter in ("others_lr", "others_weight_decay"):
        resolved = config.plan.args.get(parameter)
        if resolved is None or resolved.source != "replaced" or resolved.path is None or resolved.written is None:
            continue
        if isinstance(resolved.written, bool) or resolved.written != 0 or resolved.value == 0:
            continue
        key = dotted(resolved.path[-1:])
        yield Report(
            resolved.path,
            f"`{key}: {show(resolved.written)}` does not stay zero: `{resolved.why}` in GLiNER's create_training_args "
            f"makes it {show(resolved.value)}",
            effect=f"training uses {parameter} = {show(resolved.value)}",
            help="build gliner.training.TrainingArguments yourself to keep the zero"
            + ("; to freeze the encoder or other parts use `freeze_components`" if parameter == "others_lr" else ""),
            severity=WARNING if config.trainer is None else ERROR,
        )


RULE = Rule(
    "GA301",
    "zero-replaced",
    ERROR,
    ("args.others_lr", "args.others_weight_decay"),
    check,
    bad=(
        Example(TRAINING + "  weight_decay_other: 0.0\n", ("training.weight_decay_other",)),
        Example(TRAINING + "  learning_rate: 0.00001\n  others_lr: 0\n", ("training.others_lr",)),
    ),
    good=(
        Example(TRAINING + "  weight_decay_other: 0.01\n  lr_others: 0.001\n"),
        Example(TRAINING + "  weight_decay_encoder: 0.0\n  weight_decay_other: 0.0\n"),
        Example(TRAINING + "  weight_decay_other: 0.0\n", versions={"gliner": "0.2.22", "transformers": "4.51.3"}),
    ),
    doc=__doc__,
)
