"""A value of a kind that the library does not declare.

Dataclasses check no types: what counts is what a run does with the value, and that was tried for every parameter and
kind (benchmarks/observe.py; transformers 5.16.1, peft 0.21.2, gliner 0.2.29). A kind that stopped the run is an error,
and so is a text that says no to a switch, since any text counts as true. What a run takes as it comes is a warning;
null where nothing stops means "not set", and 0 and 1 are what they say for a switch. Keys that nothing reads at all
are left to dead-key.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects.names import GLINER_SHIPPED
from ..args.inert_argument import inert
from ..finding import ERROR, PROVEN
from ..rule import Example, Report, Rule, show
from . import _schema

SAYS_NO = ("false", "no", "off", "none", "0", "n", "f", "")
SAYS_YES = ("true", "yes", "on", "y", "t")


def check(config: Config) -> Iterator[Report]:
    for violation, parameter, value in _schema.violations(config, ("type", "anyOf")):
        if _schema.yaml_word(config, violation) is not None or _schema.is_word(violation, parameter, value):
            continue
        if violation.target.parameter in GLINER_SHIPPED or (
            isinstance(value, dict) and config.own_section(violation.path)
        ):
            continue
        if violation.target.parameter == "resume_from_checkpoint" and isinstance(value, bool):
            continue  # Trainer.train takes a truth value, and the scripts around it hand this one on
        weight = _schema.weigh(config, violation, parameter)
        switch = "boolean" in _schema.types(parameter.schema) and violation.path in config.paths
        if not weight.stops and (value is None or (switch and value in (0, 1) and isinstance(value, int))):
            continue
        key, kind = _schema.name(config, violation), _schema.asked(violation, parameter)
        effect, severity, confidence = weight.effect, weight.severity, weight.confidence
        help = f"remove it, or write {kind}" if value is None else f"write {kind}"
        text = f'"{show(value)}"' if isinstance(value, str) and value else show(value)
        if switch and isinstance(value, str) and not weight.stops:
            no = value.strip().lower() in SAYS_NO
            effect = "any text counts as true: it is switched on" if value else "an empty text counts as false"
            if no and value and not inert(config, violation.target):
                severity, confidence = ERROR, PROVEN
            help = f"write `{key}: false`" if no else f"write `{key}: true`" if value.lower() in SAYS_YES else help
        yield Report(
            violation.path,
            f"`{key}: {text}` is {_kind(value)}; {_schema.where(config, violation)} takes {kind}",
            effect=effect,
            help=help,
            severity=severity,
            confidence=confidence,
        )


def _kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a truth value"
    if isinstance(value, (int, float)):
        return "a number"
    return "text" if isinstance(value, str) else "a list" if isinstance(value, list) else "a mapping"


RULE = Rule(
    "GA202",
    "wrong-type",
    ERROR,
    ("structural.type", "structural.anyOf"),
    check,
    bad=(
        Example("num_train_epochs: 3\nlogging_steps: 10\nbf16: 'no'\n", ("bf16",)),
        Example("num_train_epochs: 3\nlogging_steps: [10]\nlearning_rate: 0.1\n", ("logging_steps",)),
    ),
    good=(
        Example("num_train_epochs: 3\nlogging_steps: 10\nresume_from_checkpoint: true\nproject: {name: ours}\n"),
        Example("num_train_epochs: 3\nlogging_steps: 10\nbf16: no\n"),
        Example("num_train_epochs: 3\nlogging_steps: 10\nlabel_names: null\nbf16: 1\n"),
        Example("num_train_epochs: 3\nlogging_steps: 10\ngroup_by_length: 1\n", versions={"transformers": "4.57.6"}),
    ),
    doc=__doc__,
)
