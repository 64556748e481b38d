"""A key that no code of this GLiNER version reads.

`fine_tune`, `name`, `size_sup`, `shuffle_types`, `random_drop` and `freeze_token_rep` stand in configs that GLiNER
ships or shipped, and nothing reads them at the version in force (found by searching every attribute and string key of
the package; `fine_tune: false` freezes nothing, gliner 0.2.29). At the value that changes nothing the key does no harm;
at another one the run is not what is written. `name` is a label for people, so that is advice.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects.base import MODEL
from ...audit.dialects.names import GLINER_SHIPPED
from ...audit.documents.node import Path
from ...schemas import readers
from ..finding import ADVICE, ERROR, WARNING
from ..rule import Example, Report, Rule, show
from ._example import MODEL as MODEL_TEXT
from ._example import TRAINING

INSTEAD = {
    "fine_tune": "to freeze the encoder write `freeze_components: [text_encoder]` in the training settings",
    "freeze_token_rep": "to freeze the encoder write `freeze_components: [text_encoder]` in the training settings",
    "has_rnn": "set `num_rnn_layers`: 0 turns the LSTM off",
}
# The value that says what the library does anyway.
HARMLESS = {"fine_tune": True, "freeze_token_rep": False, "has_rnn": True}
EFFECT = {
    "fine_tune": "the encoder is trained all the same",
    "freeze_token_rep": "the encoder is trained all the same",
    "has_rnn": "the model has its LSTM all the same: num_rnn_layers is 1",
}


def check(config: Config) -> Iterator[Report]:
    for path in _places(config):
        key = str(path[-1])
        value = config.settings_value(path)
        harm = key in HARMLESS and value is not None and value != HARMLESS[key]
        version = config.surfaces.versions.get("gliner")
        yield Report(
            path,
            f"`{key}: {show(value)}` has no effect: nothing in gliner {version} reads it",
            effect=EFFECT.get(key, "nothing") if harm else "none: the run is the same without it",
            help=INSTEAD.get(key, "remove it"),
            on="key",
            severity=ERROR if harm else ADVICE if key == "name" else WARNING,
        )


def _places(config: Config) -> Iterator[Path]:
    versions = config.surfaces.versions
    if config.dialect.name != "gliner" or "gliner" not in versions:
        return
    for unknown in config.unknown:
        if unknown.path[-1] in GLINER_SHIPPED and not readers.mentioned(str(unknown.path[-1]), versions):
            yield unknown.path
    for path, targets in config.paths.items():
        if path[-1] in GLINER_SHIPPED and targets[0].role == MODEL:
            use = readers.use("gliner.GLiNERConfig", targets[0].parameter, versions)
            if use is not None and use.verdict == "inert":
                yield path


RULE = Rule(
    "GA305",
    "dead-key",
    ERROR,
    ("unknown", *(f"model.{name}" for name in GLINER_SHIPPED)),
    check,
    bad=(
        Example(MODEL_TEXT + "  fine_tune: false\n", ("model.fine_tune",)),
        Example(TRAINING + "  size_sup: -1\n  shuffle_types: true\n", ("training.size_sup", "training.shuffle_types")),
    ),
    good=(Example(TRAINING + "  freeze_components: [text_encoder]\n"),),
    doc=__doc__,
)
