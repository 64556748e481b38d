"""A key that is no setting: a slip of a known name, or a name that nothing takes.

TrainingArguments and LoraConfig refuse an unknown name with a TypeError, HfArgumentParser with a ValueError; GLiNER's
config classes keep it as an attribute that nothing reads (gliner 0.2.29, config.py: `**kwargs` of PretrainedConfig),
and a script that asks for the right name does not see it. Either way the value is not used. A name far from every
known one is reported only in a section of its own, or when every key of the file is the library's.
"""

from collections.abc import Iterator

from ...audit.config import Config, Unknown
from ...audit.dialects.base import MODEL
from ...audit.documents.node import dotted
from ..finding import ERROR, LIKELY, PROVEN, WARNING
from ..rule import Example, Mend, Report, Rule, show
from ._names import own_shape, past, place, shipped, slip_of

# Where an unknown name may be the business of the run's own code.
OWN = ("run", "environment", "data")


def check(config: Config) -> Iterator[Report]:
    for unknown in config.unknown:
        misplaced = unknown.elsewhere is not None and unknown.section.path
        known = past(config, unknown) is not None or shipped(config, unknown)
        if not misplaced and not known and not own_shape(config, unknown):
            yield from _report(config, unknown)


def _report(config: Config, unknown: Unknown) -> Iterator[Report]:
    key = str(unknown.path[-1])
    meant = slip_of(config, unknown)
    value = show(config.settings_value(unknown.path))
    kind = f"argument of {config.dialect.layer}:" if config.document.format == "python" else "key"
    open_top = not unknown.section.path and not config.closed
    if meant is not None:
        taken = (*unknown.path[:-1], meant) in config.paths
        yield Report(
            unknown.path,
            f"unknown {kind} `{key}: {value}`{place(config, unknown)}; did you mean `{meant}`?",
            effect=_effect(config, unknown, meant),
            help=f"remove it: `{meant}` is set too" if taken else f"write `{meant}: {value}`",
            on="key",
            severity=ERROR,
            confidence=LIKELY if open_top else PROVEN,
            mends=() if taken else (Mend(f"rename to `{meant}`", "key", unknown.path, meant),),
        )
    elif config.closed or (unknown.section.path and unknown.section.path[-1] not in OWN):
        yield Report(
            unknown.path,
            f"unknown {kind} `{key}: {value}`{place(config, unknown)}",
            effect=_effect(config, unknown, None),
            help="remove it, or say which trainer reads it with --trainer",
            on="key",
            severity=ERROR if config.closed else WARNING,
        )


def _effect(config: Config, unknown: Unknown, meant: str | None) -> str:
    if MODEL in unknown.section.roles:
        return "GLiNER's config keeps it as an attribute that nothing reads" + (
            f"; `{meant}` stays unset" if meant else ""
        )
    kept = f", or goes on without `{meant}`" if meant and not config.closed else ""
    return f"training stops with \"unexpected keyword argument '{dotted(unknown.path[-1:])}'\"{kept}"


RULE = Rule(
    "GA101",
    "unknown-key",
    ERROR,
    ("unknown",),
    check,
    bad=(
        Example("model:\n  model_name: a/b\n  span_mode: markerV0\n  dropuot: 0.3\n", ("model.dropuot",)),
        Example("learning_rte: 0.001\nnum_train_epochs: 3\nlogging_steps: 10\n", ("learning_rte",)),
        Example("num_train_epochs: 3\nlogging_steps: 10\nours: 1\n", ("ours",), closed=True),
    ),
    good=(
        Example("model_name_or_path: a/b\nnum_train_epochs: 3\nlogging_steps: 10\nours: 1\n"),
        Example("model:\n  model_name: a/b\n  span_mode: markerV0\nnotes: ours\n"),
        Example("num_train_epochs: 3\nlogging_steps: 10\nlora_rank: 8\nuse_lora: true\nprecision: bf16\n"),
        Example("num_train_epochs: 3\nlogging_steps: 10\nlora: {rank: 8, alpha: 16}\n"),
    ),
    doc=__doc__,
)
