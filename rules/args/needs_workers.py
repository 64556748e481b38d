"""A data-loader option that needs worker processes, in a run that has none.

`dataloader_prefetch_factor` is refused by TrainingArguments without workers, `dataloader_persistent_workers` and
`dataloader_multiprocessing_context` by torch's DataLoader (transformers 5.16.1, torch 2.13: ValueError).
`dataloader_num_workers` is 0 by default, 1 in GLiNER's train_model.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ..finding import ERROR
from ..rule import Example, Report, Rule
from ._example import ARGS, said

# GLiNER's Trainer makes its own loaders and does not hand the context on.
CONTEXT = "dataloader_multiprocessing_context"
FACTOR = "dataloader_prefetch_factor"
NEED = (FACTOR, "dataloader_persistent_workers", CONTEXT)


def check(config: Config) -> Iterator[Report]:
    workers = config.plan.value("dataloader_num_workers")
    if isinstance(workers, bool) or workers != 0:
        return
    for parameter in NEED:
        setting = config.get(parameter)
        if parameter == CONTEXT and config.dialect.name == "gliner":
            continue
        # A factor of 0 is given all the same; a switch is off for any value that counts as false.
        given = setting is not None and setting.value is not None and (setting.value or parameter == FACTOR)
        if setting is not None and given:
            yield Report(
                setting.path,
                f"{said(setting)} needs worker processes, and dataloader_num_workers is 0",
                effect="training stops with a ValueError",
                help="write `dataloader_num_workers: 2` or more, or remove it",
            )


RULE = Rule(
    "GA405",
    "needs-workers",
    ERROR,
    tuple(f"args.{parameter}" for parameter in NEED),
    check,
    bad=(Example(ARGS + "dataloader_prefetch_factor: 2\n", ("dataloader_prefetch_factor",)),),
    good=(Example(ARGS + "dataloader_prefetch_factor: 2\ndataloader_num_workers: 2\n"),),
    doc=__doc__,
)
