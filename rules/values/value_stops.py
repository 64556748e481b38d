"""Null, an empty value or a whole float that the declared type allows and that stops the run.

Some parameters declare null or a mapping and cannot work with it: `rank_pattern: null` meets `.keys()`,
`runtime_config: {}` stays a plain mapping where an object is wanted. A float such as `8.0` is a whole number by the
letter of JSON Schema, and Python's `range(8.0)` refuses it. Each was seen to stop a run (benchmarks/observe.py;
transformers 5.16.1, peft 0.21.2, gliner 0.2.29).
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects.base import ARGS, MODEL
from ...audit.dialects.base import LORA as LORA_ROLE
from ...audit.documents.node import dotted
from ...schemas import catalog, observed
from ...schemas.surface import MISSING
from ...schemas.validate import is_valid
from ..finding import ERROR
from ..gliner.other_model_only import unread
from ..lora._example import LORA
from ..rule import Example, Report, Rule, show
from . import _schema

ROLES = {
    "gliner.training.TrainingArguments": ARGS,
    "transformers.TrainingArguments": ARGS,
    "peft.LoraConfig": LORA_ROLE,
    "gliner.GLiNERConfig": MODEL,
}
# Rules of their own say what these need.
OF_THEIR_OWN = ("span_encoder_config",)
KINDS = ("null", "list", "mapping", "whole-float")


def _keys() -> tuple[str, ...]:
    """The parameters whose declared type allows a value that was seen to stop a run."""
    found: dict[str, None] = {}
    for name, role in ROLES.items():
        surface = catalog.surface(name, catalog.newest(name.partition(".")[0]))
        for parameter in surface.parameters.values() if surface is not None else ():
            for value in (observed.KINDS[kind] for kind in KINDS):
                if is_valid(parameter.schema, value) and observed.stop(name, parameter.name, value) is not None:
                    found[f"{role}.{parameter.name}"] = None
    return tuple(found)


def check(config: Config) -> Iterator[Report]:
    for target, setting in config.settings.items():
        value = setting.value
        parameter = config.parameter(target.parameter, target.role)
        if parameter is None or target.parameter in OF_THEIR_OWN:
            continue
        whole = isinstance(value, float) and value.is_integer()
        if parameter.schema and not whole and value is not None and value != {} and value != []:
            continue
        if not is_valid(parameter.schema, value) or unread(config, target):
            continue
        if parameter.default is not MISSING and value == parameter.default and not whole:
            continue
        weight = _schema.stop(config, setting.path)
        if weight is not None:
            key = dotted(setting.path[-1:])
            yield Report(
                setting.path,
                f"`{key}: {show(value)}` cannot be used",
                effect=weight.effect,
                help=f"write `{key}: {int(value)}`"
                if isinstance(value, float)
                else f"remove `{key}`, or give it a value",
                severity=weight.severity,
                confidence=weight.confidence,
            )


RULE = Rule(
    "GA207",
    "value-stops",
    ERROR,
    _keys(),
    check,
    bad=(
        Example(LORA + "  r: 8\n  runtime_config: {}\n", ("lora.runtime_config",)),
        Example("model:\n  model_name: a/b\n  span_mode: markerV0\n  hidden_size: 512.0\n", ("model.hidden_size",)),
    ),
    good=(
        Example("num_train_epochs: 3.0\nlogging_steps: 10\nlora:\n  r: 8\n  rank_pattern: {}\n"),
        Example("num_train_epochs: 3\nlogging_steps: 10\nlabel_names: null\n"),
    ),
    doc=__doc__,
)
