"""Two switches that exclude each other are both on.

TrainingArguments refuses `fp16` with `bf16` and `fp16_full_eval` with `bf16_full_eval` (transformers 5.16.1,
training_args.py _validate_args: ValueError); BitsAndBytesConfig refuses 4-bit with 8-bit loading.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ..finding import ERROR, LIKELY
from ..rule import Example, Report, Rule
from ._example import ARGS, said

PAIRS = (("fp16", "bf16"), ("fp16_full_eval", "bf16_full_eval"))

# Read by the script around the Trainer, which hands both to BitsAndBytesConfig.
QUANTISED = ("load_in_4bit", "load_in_8bit")


def check(config: Config) -> Iterator[Report]:
    four, eight = QUANTISED
    if config.data.get(four) is True and config.data.get(eight) is True:
        yield Report(
            (eight,),
            f"`{four}: true` and `{eight}: true` exclude each other",
            effect="BitsAndBytesConfig stops with a ValueError before the model is loaded",
            help="keep one of the two",
            confidence=LIKELY,
            related=(((four,), "the other one is on here"),),
        )
    for one, other in PAIRS:
        first, second = config.get(one), config.get(other)
        if first is not None and second is not None and first.value and second.value:
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
    (*(f"args.{one}" for one, _ in PAIRS), "unknown"),
    check,
    bad=(
        Example(ARGS + "fp16: true\nbf16: true\n", ("bf16",)),
        Example(ARGS + "model_name_or_path: a/b\nload_in_4bit: true\nload_in_8bit: true\n", ("load_in_8bit",)),
    ),
    good=(Example(ARGS + "fp16: false\nbf16: true\n"),),
    doc=__doc__,
)
