"""A precision that the CPU does not have, in a run that is told to use the CPU.

With `use_cpu: true`, `fp16` leaves the weights and the activations in float32 and says nothing (gliner 0.2.29 with
transformers 5.16.1, observed), and `tf32` is refused with a ValueError; `bf16` works.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ..finding import ERROR, WARNING
from ..rule import Example, Report, Rule
from ._example import ARGS, said


def check(config: Config) -> Iterator[Report]:
    cpu = config.get("use_cpu")
    if cpu is None or not cpu.value:
        return
    half, tensor = config.get("fp16"), config.get("tf32")
    if half is not None and half.value:
        yield Report(
            half.path,
            f"{said(half)} has no effect with {said(cpu)}",
            effect="training runs in float32",
            help="remove it, or write `bf16: true`",
            related=((cpu.path, "the CPU is asked for here"),),
        )
    if tensor is not None and tensor.value:
        yield Report(
            tensor.path,
            f"{said(tensor)} needs an Ampere GPU, and {said(cpu)} asks for the CPU",
            effect="training stops with a ValueError before it starts",
            help="remove it",
            severity=ERROR,
            related=((cpu.path, "the CPU is asked for here"),),
        )


RULE = Rule(
    "GA409",
    "precision-on-cpu",
    WARNING,
    ("args.use_cpu",),
    check,
    bad=(Example(ARGS + "use_cpu: true\nfp16: true\n", ("fp16",)),),
    good=(Example(ARGS + "use_cpu: true\nbf16: true\n"), Example(ARGS + "fp16: true\n")),
    doc=__doc__,
)
