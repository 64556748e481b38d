"""A setting that waits for another one, which the same file switches off.

An interval is looked at only by the strategy `steps` (transformers 5.16.1, trainer_callback.py DefaultFlowCallback),
the Hub's settings only with `push_to_hub` (trainer.py), a run's name only by trackers. Such a line does no harm, and
is often kept for the day when the other one is switched on: advice, and only where the file itself names the other.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ..finding import ADVICE
from ..gliner._example import TRAINING
from ..rule import Example, Report, Rule
from ._example import said

INTERVALS = {"eval_steps": "eval_strategy", "save_steps": "save_strategy", "logging_steps": "logging_strategy"}
HUB = ("hub_model_id", "hub_strategy", "hub_always_push", "hub_private_repo", "hub_revision")
# YAML 1.1 reads a plain `no` as false.
NO = ("no", False)

USUAL = "num_train_epochs: 3\nlearning_rate: 0.00002\nper_device_train_batch_size: 8\n"


def check(config: Config) -> Iterator[Report]:
    for name, strategy in INTERVALS.items():
        other = config.get(strategy)
        if other is not None and (other.value in NO or other.value == "epoch"):
            yield from _waits(config, name, strategy, "takes no interval")
    push = config.get("push_to_hub")
    if push is not None and push.value is False:
        for name in HUB:
            yield from _waits(config, name, "push_to_hub", "makes no repository")
    reporters = config.get("report_to")
    named = config.get("run_name")
    # elsewhere than in a section about the run it is inert-argument's
    if reporters is not None and reporters.value in ("none", []) and named is not None and named.path[0] == "run":
        yield from _waits(config, "run_name", "report_to", "names no tracker that would show it")


def _waits(config: Config, name: str, other: str, why: str) -> Iterator[Report]:
    setting, switch = config.get(name), config.get(other)
    if setting is None or switch is None or setting.value is None:
        return
    yield Report(
        setting.path,
        f"{said(setting)} has no effect: {said(switch)} {why}",
        effect="none, until the other one is switched on",
        help=f"switch `{other}` on, or remove this line",
        related=((switch.path, "this one decides"),),
    )


RULE = Rule(
    "GA415",
    "dormant-setting",
    ADVICE,
    tuple(f"args.{name}" for name in (*INTERVALS, *HUB, "run_name")),
    check,
    bad=(
        Example(USUAL + "save_strategy: epoch\nsave_steps: 100\n", ("save_steps",), advice=True),
        Example(USUAL + "push_to_hub: false\nhub_model_id: me/mine\n", ("hub_model_id",), advice=True),
        Example(TRAINING + "  report_to: none\nrun:\n  name: first\n", ("run.name",), advice=True),
    ),
    good=(
        Example(USUAL + "save_strategy: steps\nsave_steps: 100\n"),
        Example(USUAL + "save_steps: 100\nlogging_steps: 5\nhub_model_id: me/mine\n"),
        Example(USUAL + "push_to_hub: true\nhub_model_id: me/mine\nreport_to: [wandb]\nrun_name: first\n"),
    ),
    doc=__doc__,
)
