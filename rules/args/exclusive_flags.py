"""Two switches that exclude each other are both on.

TrainingArguments refuses `fp16` with `bf16` and `fp16_full_eval` with `bf16_full_eval` (transformers 5.16.1,
training_args.py _validate_args: ValueError); BitsAndBytesConfig refuses 4-bit with 8-bit loading.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ..finding import ERROR
from ..rule import Example, Report, Rule
from ._example import ARGS, said

PAIRS = (("fp16", "bf16"), ("fp16_full_eval", "bf16_full_eval"))


def check(config: Config) -> Iterator[Report]:
    for one, other in PAIRS:
        first, second = config.get(one), config.get(other)
        if first is not None and second is not None and first.value is True and second.value is True:
            yield Report(
                second.path,
                f"{said(first)} and {said(second)} exclude each other",
                effect="training stops with a ValueError before it starts",
                help=f"keep one: `{other}` on Ampere GPUs and newer, `{one}` on older ones",
                related=((first.path, "the other one is on here"),),
            )


RULE = Rule(
    "GA401",
    "exclusive-flags",
    ERROR,
    tuple(f"args.{one}" for one, _ in PAIRS),
    check,
    bad=(Example(ARGS + "fp16: true\nbf16: true\n", ("bf16",)),),
    good=(Example(ARGS + "fp16: false\nbf16: true\n"),),
    doc=__doc__,
)
