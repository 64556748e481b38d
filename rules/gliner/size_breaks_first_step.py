"""A size that breaks the first step: zero, negative, or odd where the LSTM needs an even one.

GLiNER does not check sizes when the model is configured; the run stops at the first step with an error that names
something else (gliner 0.2.29: `max_width`, `max_types`, `max_len`, `hidden_size`; a negative `max_neg_type_ratio` is an
empty range for `random.randint`, data_processing/processor.py:345-358).
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects.base import MODEL as ROLE
from ...audit.documents.node import dotted
from ..finding import ERROR, WARNING
from ..rule import Example, Report, Rule, show
from ._example import MODEL

LEAST = {"max_width": 1, "max_types": 1, "max_len": 1, "hidden_size": 2, "max_neg_type_ratio": 0}

# Limits of a slice: a negative one cuts from the end, which may leave something.
CUTS = ("max_types", "max_len")


def check(config: Config) -> Iterator[Report]:
    for parameter, least in LEAST.items():
        setting = config.get(parameter, ROLE)
        value = None if setting is None else setting.value
        if setting is None or isinstance(value, bool) or not isinstance(value, int):
            continue
        odd = parameter == "hidden_size" and value % 2 == 1 and config.value("num_rnn_layers", ROLE) != 0
        if value < least or odd:
            yield Report(
                setting.path,
                f"`{dotted(setting.path[-1:])}: {show(value)}` "
                + ("is odd" if value >= least else f"is less than {least}"),
                effect="the run stops when the model is built or at its first step, with an unrelated message",
                help="write an even size" if value >= least else f"write {least} or more",
                severity=WARNING if parameter in CUTS and value < 0 else ERROR,
            )


RULE = Rule(
    "GA313",
    "size-breaks-first-step",
    ERROR,
    tuple(f"model.{parameter}" for parameter in LEAST),
    check,
    bad=(Example(MODEL + "  max_width: 0\n  hidden_size: 511\n", ("model.max_width", "model.hidden_size")),),
    good=(Example(MODEL + "  max_width: 12\n  hidden_size: 512\n"),),
    doc=__doc__,
)
