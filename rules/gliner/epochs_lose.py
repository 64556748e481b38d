"""Epochs without `max_steps: -1`: GLiNER's `train_model` trains 10,000 steps whatever the epochs say.

create_training_args has the default `max_steps=10000` (gliner 0.2.29, model.py:2378), and a positive `max_steps`
decides the length of the run in transformers' Trainer (5.16.1, trainer.py:697). One epoch over 64 examples in batches
of 8 is 8 steps; asked for that way it runs 10,000. A trainer that builds TrainingArguments itself has -1 there.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.documents.node import dotted
from ...audit.plan.resolve import TRAIN_MODEL
from ..finding import ERROR, WARNING
from ..rule import Example, Report, Rule, show
from ._example import TRAINING


def check(config: Config) -> Iterator[Report]:
    epochs = config.get("num_train_epochs")
    if epochs is None or epochs.value is None or config.get("max_steps") is not None:
        return
    plan = config.plan
    steps = plan.number("max_steps")
    if plan.layer != TRAIN_MODEL or steps is None or steps <= 0:
        return
    yield Report(
        epochs.path,
        f"`{dotted(epochs.path[-1:])}: {show(epochs.value)}` does not decide the length of the run: "
        f"train_model sets max_steps = {int(steps)}",
        effect=f"training runs {int(steps)} steps",
        help="add `max_steps: -1` beside it, or say the length in steps",
        severity=WARNING if config.trainer is None else ERROR,
    )


RULE = Rule(
    "GA302",
    "epochs-lose-to-hidden-steps",
    ERROR,
    ("args.num_train_epochs",),
    check,
    bad=(Example(TRAINING + "  num_train_epochs: 3\n", ("training.num_train_epochs",)),),
    good=(
        Example(TRAINING + "  num_train_epochs: 3\n  max_steps: -1\n"),
        Example("num_train_epochs: 3\nlogging_steps: 10\n"),
    ),
    doc=__doc__,
)
