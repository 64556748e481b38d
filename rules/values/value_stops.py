"""Null, an empty value or a whole float that the declared type allows and that stops the run.

Some parameters declare null or a mapping and cannot work with it: `rank_pattern: null` meets `.keys()`,
`runtime_config: {}` stays a plain mapping where an object is wanted. A float such as `8.0` is a whole number by the
letter of JSON Schema, and Python's `range(8.0)` refuses it. Each was seen to stop a run (benchmarks/observe.py;
transformers 5.16.1, peft 0.21.2, gliner 0.2.29).
"""

from collections.abc import Iterator

from ...audit.config import Config, Setting
from ...audit.dialects.base import Target
from ...audit.documents.node import dotted
from ...schemas.surface import MISSING, Parameter
from ..finding import ERROR
from ..lora._example import LORA
from ..rule import Example, Report, Rule, show

# Rules of their own say what these need.
OF_THEIR_OWN = ("span_encoder_config",)
# The parameters whose declared type allows a value that was seen to stop a run, at the newest versions: no other one
# is looked at. A test asks all.
ALLOWED = (
    "args.per_device_train_batch_size",
    "args.max_steps",
    "args.gradient_accumulation_steps",
    "args.torch_empty_cache_steps",
    "args.report_to",
    "args.seed",
    "args.data_seed",
    "args.parallelism_config",
    "args.dataloader_prefetch_factor",
    "args.focal_loss_alpha",
    "args.focal_loss_gamma",
    "args.focal_loss_prob_margin",
    "args.label_smoothing",
    "lora.r",
    "lora.target_modules",
    "lora.layers_to_transform",
    "lora.rank_pattern",
    "lora.alpha_pattern",
    "lora.trainable_token_indices",
    "lora.runtime_config",
    "lora.arrow_config",
    "model.max_width",
    "model.hidden_size",
    "model.vocab_size",
    "model.num_rnn_layers",
)


def check(config: Config) -> Iterator[Report]:
    for target, setting in config.settings.items():
        value = setting.value
        parameter = config.parameter(target.parameter, target.role)
        if parameter is None or target.parameter in OF_THEIR_OWN:
            continue
        whole = isinstance(value, float) and value.is_integer() and "integer" in parameter.schema.get("type", ())
        if parameter.schema and not whole and value is not None and value != {} and value != []:
            continue
        if parameter.default is MISSING or value != parameter.default or whole:
            yield from _stopped(config, setting, parameter)


def _stopped(config: Config, setting: Setting, parameter: Parameter) -> Iterator[Report]:
    """The report on a value of a suspicious kind, where its declared type allows it and a run with it stopped."""
    # Nearly every config wakes this rule and few have such a value: what weighs it is imported here.
    from ...schemas.validate import is_valid
    from ..gliner.other_model_only import unread
    from . import _schema

    value = setting.value
    if not is_valid(parameter.schema, value) or unread(config, Target(setting.role, setting.parameter)):
        return
    weight = _schema.stop(config, setting.path)
    if weight is not None:
        key = dotted(setting.path[-1:])
        whole = isinstance(value, float)
        yield Report(
            setting.path,
            f"`{key}: {show(value)}` cannot be used",
            effect=weight.effect,
            help=f"write `{key}: {int(value)}`" if whole else f"remove `{key}`, or give it a value",
            severity=weight.severity,
            confidence=weight.confidence,
        )


RULE = Rule(
    "GA207",
    "value-stops",
    ERROR,
    ALLOWED,
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
