"""A text of options that holds a word which the library does not know.

`debug` and `fsdp` are split at blanks and every word must be known (transformers 5.16.1, training_args.py:1526, 2889);
every name in `report_to` must be an integration (integrations/integration_utils.py:2661); `optim_args` is
`key=value,key=value` (trainer_optimizer.py:65). Anything else is a ValueError when the arguments, the Trainer or the
optimiser are made.
"""

from collections.abc import Iterator
from typing import Any

from ...audit.config import Config, Setting
from ..finding import ERROR
from ..keys._nearest import nearest
from ..rule import Example, Mend, Report, Rule
from ._example import ARGS, said

DEBUG = ("underflow_overflow", "tpu_metrics_debug")
SHARDING = ("full_shard", "shard_grad_op", "no_shard", "hybrid_shard", "hybrid_shard_zero2", "offload", "auto_wrap")
REPORTERS = (
    "azure_ml", "comet_ml", "mlflow", "neptune", "tensorboard", "trackio", "wandb", "codecarbon", "clearml", "dagshub",
    "flyte", "dvclive", "swanlab", "kubeflow",
)  # fmt: skip


def check(config: Config) -> Iterator[Report]:
    for parameter, known in (("debug", DEBUG), ("fsdp", SHARDING)):
        setting = config.get(parameter)
        if setting is not None and isinstance(setting.value, str):
            text = setting.value.lower() if parameter == "fsdp" else setting.value
            yield from _unknown(setting, text.split(), known, "the arguments are made")
    reporters = config.get("report_to")
    if reporters is not None and reporters.value not in ("all", "none", "", [], ["all"], ["none"]):
        names = [reporters.value] if isinstance(reporters.value, str) else reporters.value
        yield from _unknown(reporters, names, REPORTERS, "the Trainer is made")
    options = config.get("optim_args")
    if options is not None and isinstance(options.value, str) and options.value:
        wrong = [part for part in options.value.replace(" ", "").split(",") if part.count("=") != 1]
        if wrong:
            yield Report(
                options.path,
                f"{said(options)}: `{wrong[0]}` is no `key=value`",
                effect="training stops with a ValueError when the optimiser is made",
                help="write pairs such as `optim_args: beta1=0.9,beta2=0.99`",
            )


def _unknown(setting: Setting, words: Any, known: tuple[str, ...], when: str) -> Iterator[Report]:
    for word in words if isinstance(words, list) else ():
        if not isinstance(word, str) or word in known:
            continue
        slip = nearest(word, known)
        alone = setting.value == word
        yield Report(
            setting.path,
            f"{said(setting)}: `{word}` is nothing that the library knows",
            effect=f"training stops with a ValueError when {when}",
            help=(f"did you mean `{slip}`? " if slip else "") + f"it knows {', '.join(known)}",
            mends=(Mend(f"write {slip}", "value", setting.path, slip),) if slip and alone else (),
        )


RULE = Rule(
    "GA414",
    "unknown-option-word",
    ERROR,
    ("args.debug", "args.fsdp", "args.report_to", "args.optim_args"),
    check,
    bad=(
        Example(ARGS + "debug: overflow\nfsdp: full_shards auto_wrap\n", ("debug", "fsdp")),
        Example(ARGS + "report_to: [wandbb]\noptim_args: fused\n", ("report_to", "optim_args")),
    ),
    good=(
        Example(ARGS + "debug: underflow_overflow\nfsdp: full_shard auto_wrap\noptim_args: beta1=0.9,beta2=0.99\n"),
        Example(ARGS + "report_to: none\n"),
        Example(ARGS + "report_to: [wandb, tensorboard]\n"),
    ),
    doc=__doc__,
)
