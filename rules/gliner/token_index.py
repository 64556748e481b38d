"""`class_token_index` and `vocab_size` set by hand.

They are the ids of the special tokens that GLiNER adds, not positions of a CLS token. One alone is silently computed
anew; both together are checked against the tokenizer and stop the build when the tokens are not there (gliner 0.2.29,
model.py:1460-1474). Both at -1 let the library find them.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects.base import ARGS, DATA
from ...audit.dialects.base import MODEL as ROLE
from ...audit.documents.node import dotted
from ..finding import ERROR, LIKELY, WARNING
from ..rule import Example, Report, Rule, show
from ._example import MODEL, TRAINING

# Publishers of plain encoders: their tokenizers know no `<<ENT>>`.
PLAIN = ("microsoft/", "google-bert/", "google/", "FacebookAI/", "answerdotai/", "distilbert/", "bert-", "roberta-")
PAIR = ("class_token_index", "vocab_size")


def check(config: Config) -> Iterator[Report]:
    if config.saved:
        return
    given = [
        setting for name in PAIR if (setting := config.get(name, ROLE)) is not None and setting.value not in (None, -1)
    ]
    if len(given) == 1:
        setting = given[0]
        other = next(name for name in PAIR if name != setting.parameter)
        yield Report(
            setting.path,
            f"`{dotted(setting.path[-1:])}: {show(setting.value)}` has no effect without `{other}`: both are made anew",
            effect="the value is overwritten when the model is built",
            help="write -1, or set both as the tokenizer has them",
        )
    elif len(given) == 2 and config.written("prev_path", role=DATA) is None:
        plain = str(config.written("model_name", role=ROLE)).startswith(PLAIN)
        trains = any(ARGS in section.roles and section.path for section in config.sections)
        yield Report(
            given[0].path,
            f"`{dotted(given[0].path[-1:])}: {show(given[0].value)}` and `{dotted(given[1].path[-1:])}: "
            f"{show(given[1].value)}` keep GLiNER from adding its own tokens to the tokenizer",
            effect="training stops with a ValueError when the model is built, unless the tokenizer already has them",
            help="write -1 for both: GLiNER adds the tokens and finds the indices",
            severity=ERROR if plain and trains else WARNING,
            confidence=LIKELY,
            related=((given[1].path, "the other one is here"),),
        )


RULE = Rule(
    "GA318",
    "token-index-overwritten",
    WARNING,
    tuple(f"model.{name}" for name in PAIR),
    check,
    bad=(
        Example(MODEL + "  vocab_size: 30522\n", ("model.vocab_size",)),
        Example(
            TRAINING.replace("training", "  vocab_size: 30522\n  class_token_index: 5\ntraining") + "  seed: 1\n",
            ("model.class_token_index",),
        ),
    ),
    good=(
        Example(MODEL.replace("model:\n", "").replace("  ", "") + "vocab_size: 128004\ntransformers_version: 5.16.1\n"),
        Example(MODEL + "  vocab_size: -1\n  class_token_index: -1\n"),
    ),
    doc=__doc__,
)
