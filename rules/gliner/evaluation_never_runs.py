"""Evaluation data without `eval_strategy`: the run never evaluates.

`eval_strategy` is "no" by default, and neither evaluation data nor `eval_steps` changes that (transformers 5.16.1,
gliner 0.2.29: no evaluation in a run with an eval_dataset and eval_steps). The best checkpoint cannot be found, and
nobody sees the loss rise.
"""

from collections.abc import Iterator

from ...audit.config import RUNNER, Config, Setting
from ...audit.dialects.base import ARGS, DATA, Target
from ...audit.documents.node import dotted
from ..finding import WARNING
from ..rule import Example, Report, Rule, show
from ._example import EVAL, TRAINING


def check(config: Config) -> Iterator[Report]:
    if config.trainer == RUNNER or config.get("eval_strategy") is not None:
        return
    if config.plan.value("eval_strategy") != "no":
        return
    asked = _asked(config)
    if asked is None or config.misnamed("eval_strategy"):
        return
    key = dotted(asked.path[-1:])
    every = config.get("eval_steps")
    with_steps = f" and `eval_steps: {show(every.value)}`" if every is not None else ""
    yield Report(
        asked.path,
        f"`{key}: {show(asked.value)}` is not enough to evaluate: `eval_strategy` is not set, and its default is `no`",
        effect="the run never evaluates" + (": the data is loaded and not used" if asked.role == DATA else ""),
        help=f"add `eval_strategy: steps`{with_steps} to the training settings",
        severity=WARNING,
    )


def _asked(config: Config) -> Setting | None:
    """The key that asks for evaluation: the evaluation data, or eval_steps itself; an eval_every that also sets the
    checkpoints asks for nothing by itself."""
    data = config.settings.get(Target(DATA, "val_data"))
    if data is not None and config.data_path("val_data") is not None:
        return data
    steps = config.get("eval_steps")
    shared = steps is not None and len(config.paths[steps.path]) > 1
    return None if steps is None or shared or not steps.value else config.settings[Target(ARGS, "eval_steps")]


RULE = Rule(
    "GA303",
    "evaluation-never-runs",
    WARNING,
    ("data.val_data", "args.eval_steps"),
    check,
    bad=(
        Example(EVAL + "  num_steps: 100\n", ("data.val_data_dir",)),
        Example(TRAINING + "  eval_steps: 100\n", ("training.eval_steps",)),
        Example("num_train_epochs: 3\nlogging_steps: 10\neval_steps: 100\n", ("eval_steps",)),
    ),
    good=(
        Example(EVAL + "  num_steps: 100\n  eval_strategy: steps\n  eval_steps: 50\n"),
        Example(
            TRAINING.replace("training:", "data:\n  train_data: a.json\n  val_data_dir: none\ntraining:")
            + "  num_steps: 9\n"
        ),
    ),
    doc=__doc__,
)
