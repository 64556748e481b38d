"""`others_weight_decay` without `others_lr`: there is no second group of parameters to decay.

Only with `others_lr` does GLiNER's Trainer make a group for the parameters outside of the encoder (gliner 0.2.29,
training/trainer.py create_optimizer). `train_model` always sets others_lr, so this holds for trainers that build
TrainingArguments themselves, and for `gliner-audit run`.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.documents.node import dotted
from ..finding import WARNING
from ..rule import Example, Report, Rule, show
from ._example import TRAINING

OLD = {"gliner": "0.2.22", "transformers": "4.51.3", "peft": "0.15.2"}


def check(config: Config) -> Iterator[Report]:
    decay = config.get("others_weight_decay")
    if decay is None or not decay.value or config.plan.value("others_lr") is not None:
        return
    yield Report(
        decay.path,
        f"`{dotted(decay.path[-1:])}: {show(decay.value)}` has no effect: `others_lr` is not set",
        effect="every parameter has weight_decay",
        help="set `others_lr` too",
    )


RULE = Rule(
    "GA320",
    "decay-without-rate",
    WARNING,
    ("args.others_weight_decay",),
    check,
    bad=(Example(TRAINING + "  others_weight_decay: 0.1\n", ("training.others_weight_decay",), versions=OLD),),
    good=(
        Example(TRAINING + "  others_weight_decay: 0.1\n  others_lr: 0.001\n", versions=OLD),
        Example(TRAINING + "  others_weight_decay: 0.1\n"),
    ),
    doc=__doc__,
)
