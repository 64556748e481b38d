"""A best-model metric that GLiNER's evaluation does not produce.

`train_model` passes no compute_metrics, so an evaluation yields `eval_loss` and timings only; any other
`metric_for_best_model` is a KeyError at the first checkpoint (gliner 0.2.29 with transformers 5.16.1). A trainer with
metrics of its own may produce it.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ..finding import WARNING
from ..gliner._example import TRAINING
from ..rule import Example, Report, Rule
from ._example import said

PRODUCED = ("loss", "eval_loss")


def check(config: Config) -> Iterator[Report]:
    metric = config.get("metric_for_best_model")
    if config.dialect.name != "gliner" or config.trainer is not None or metric is None:
        return
    if isinstance(metric.value, str) and metric.value not in PRODUCED:
        yield Report(
            metric.path,
            f"{said(metric)} is not produced by GLiNER's evaluation: there is only `eval_loss`",
            effect="KeyError at the first checkpoint, after that much training",
            help="write `metric_for_best_model: eval_loss`; `gliner-audit run` adds span F1 per label",
        )


RULE = Rule(
    "GA411",
    "metric-not-produced",
    WARNING,
    ("args.metric_for_best_model",),
    check,
    bad=(Example(TRAINING + "  metric_for_best_model: f1\n", ("training.metric_for_best_model",)),),
    good=(
        Example(TRAINING + "  metric_for_best_model: eval_loss\n"),
        Example("num_train_epochs: 3\nlearning_rate: 0.1\nlogging_steps: 5\nmetric_for_best_model: f1\n"),
    ),
    doc=__doc__,
)
