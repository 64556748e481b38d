"""A number that the optimiser or the loop refuses: the run stops after the model is loaded.

torch's optimisers refuse a negative learning rate or epsilon and betas outside of [0, 1) (torch 2.13,
optim/adamw.py: ValueError), and betas of which one is whole and one a float; a batch of 0 is refused by the data
loader, 0 accumulation steps divide by zero, and negative noise has no range (transformers 5.16.1). TrainingArguments
itself takes them all. Decay and rates that arrive with groups of parameters are not checked by anybody.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ..finding import ERROR, WARNING
from ..rule import Example, Mend, Report, Rule, show
from ._example import ARGS, number, said

# parameter: (lowest, highest, whether the highest itself is refused)
BOUNDS: dict[str, tuple[float, float | None]] = {
    "learning_rate": (0, None),
    "others_lr": (0, None),
    "weight_decay": (0, None),
    "others_weight_decay": (0, None),
    "adam_epsilon": (0, None),
    "adam_beta1": (0, 1),
    "adam_beta2": (0, 1),
    "per_device_train_batch_size": (1, None),
    "gradient_accumulation_steps": (1, None),
    "neftune_noise_alpha": (0, None),
}
# What the Trainer hands over within groups of parameters, or counts with: nothing refuses a negative value.
GROUPS = {
    "weight_decay": "weights grow at each step",
    "others_weight_decay": "weights grow at each step",
    "others_lr": "those parameters move away from the minimum",
    "gradient_accumulation_steps": "the optimiser steps at odd times",
}
BETAS = ("adam_beta1", "adam_beta2")


def check(config: Config) -> Iterator[Report]:
    for parameter, (low, below) in BOUNDS.items():
        setting = config.get(parameter)
        value = None if setting is None else number(setting.value)
        if setting is None or value is None:
            continue
        if low <= value and (below is None or value < below):
            if parameter in BETAS and isinstance(setting.value, int):
                yield Report(
                    setting.path,
                    f"{said(setting)} is a whole number, and torch wants both betas as floats",
                    effect="training stops with a ValueError when the optimiser is made",
                    help=f"write `{setting.value}.0`",
                    mends=(Mend("write a float", "value", setting.path, f"{setting.value}.0", True),),
                )
            continue
        if parameter in GROUPS and value < 0:
            yield Report(
                setting.path,
                f"{said(setting)} is negative, and nothing checks it",
                effect=GROUPS[parameter],
                help="write 0 or more",
                severity=WARNING,
            )
            continue
        bound = f"{show(low)} or more" + (f", less than {show(below)}" if below is not None else "")
        yield Report(
            setting.path,
            f"{said(setting)} is out of range: it must be {bound}",
            effect="training stops after the model is loaded, when the optimiser or the data loader refuses it",
            help=f"write {bound}",
        )


RULE = Rule(
    "GA410",
    "optimizer-refuses",
    ERROR,
    tuple(f"args.{parameter}" for parameter in BOUNDS),
    check,
    bad=(Example("num_train_epochs: 3\nlearning_rate: -0.1\nadam_beta1: 1.5\n", ("learning_rate", "adam_beta1")),),
    good=(Example(ARGS + "weight_decay: 0.0\nadam_beta1: 0.9\n"),),
    doc=__doc__,
)
