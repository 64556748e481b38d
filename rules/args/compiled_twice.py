"""`compile_model` and `torch_compile` both on: the model is compiled twice.

`compile_model` compiles GLiNER's model before the Trainer sees it, `torch_compile` lets the Trainer do it (gliner
0.2.29, model.py train_model). One of them is enough, and either costs minutes before the first step.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects.base import CALL
from ..finding import WARNING
from ..gliner._example import TRAINING
from ..rule import Example, Report, Rule
from ._example import said


def check(config: Config) -> Iterator[Report]:
    own, trainer = config.get("compile_model", CALL), config.get("torch_compile")
    if own is not None and trainer is not None and own.value is True and trainer.value is True:
        yield Report(
            trainer.path,
            f"{said(own)} and {said(trainer)} compile the model twice",
            effect="minutes of compiling before the first step, for nothing",
            help="keep one of the two",
            related=((own.path, "the other one is on here"),),
        )


RULE = Rule(
    "GA412",
    "compiled-twice",
    WARNING,
    ("call.compile_model",),
    check,
    bad=(Example(TRAINING + "  compile_model: true\n  torch_compile: true\n", ("training.torch_compile",)),),
    good=(Example(TRAINING + "  compile_model: true\n"),),
    doc=__doc__,
)
