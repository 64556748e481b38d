"""A Trainer feature that GLiNER's model wrapper cannot serve: the run stops when training starts.

`gradient_checkpointing` calls `gradient_checkpointing_enable` and `neftune_noise_alpha` calls `get_input_embeddings` on
the model, and GLiNER's wrapper has neither (gliner 0.2.29 with transformers 5.16.1: AttributeError).
`train_sampling_strategy: group_by_length` looks for `input_ids` in the raw data, which GLiNER's has not (ValueError).
"""

from collections.abc import Iterator

from ...audit.config import RUNNER, Config
from ...audit.documents.node import dotted
from ..finding import ERROR
from ..rule import Example, Report, Rule, show
from ._example import TRAINING

LACKS = {
    "gradient_checkpointing": "the model has no gradient_checkpointing_enable: AttributeError when training starts",
    "neftune_noise_alpha": "the model has no get_input_embeddings: AttributeError when training starts",
    "train_sampling_strategy": "GLiNER's data has no input_ids to measure: ValueError when training starts",
    "group_by_length": "GLiNER's data has no input_ids to measure: ValueError when training starts",
}


def check(config: Config) -> Iterator[Report]:
    if config.dialect.name != "gliner":
        return
    for parameter, effect in LACKS.items():
        setting = config.get(parameter)
        if setting is None or not setting.value or setting.value == "random":
            continue
        if parameter == "train_sampling_strategy" and setting.value != "group_by_length":
            continue
        if parameter == "gradient_checkpointing" and config.trainer == RUNNER:
            continue
        key = dotted(setting.path[-1:])
        mend = "; `gliner-audit run` switches it on in the encoder" if parameter == "gradient_checkpointing" else ""
        yield Report(
            setting.path,
            f"`{key}: {show(setting.value)}` does not work with GLiNER's model",
            effect=effect,
            help=f"remove `{key}`{mend}",
        )


RULE = Rule(
    "GA310",
    "model-cannot-serve",
    ERROR,
    tuple(f"args.{parameter}" for parameter in LACKS),
    check,
    bad=(
        Example(TRAINING + "  gradient_checkpointing: true\n", ("training.gradient_checkpointing",)),
        Example(TRAINING + "  neftune_noise_alpha: 5\n", ("training.neftune_noise_alpha",)),
    ),
    good=(Example(TRAINING + "  gradient_checkpointing: false\n"),),
    doc=__doc__,
)
