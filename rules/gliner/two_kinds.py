"""Settings of two kinds of model at once: one of them loses.

GLiNER looks at `relations_layer` first, then at `labels_decoder`, then at `labels_encoder` when it chooses the model
class (gliner 0.2.29, model.py:6869 _get_gliner_class), while the config's own `model_type` puts the decoder first
(config.py _resolve_model_type). What loses is kept in the config and not built.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects.base import MODEL as ROLE
from ...audit.documents.node import dotted
from ..finding import WARNING
from ..rule import Example, Report, Rule, show
from ._example import BIENCODER, MODEL

ORDER = (
    ("relations_layer", "a relation model"),
    ("labels_decoder", "a model with a label decoder"),
    ("labels_encoder", "a bi-encoder"),
)


def check(config: Config) -> Iterator[Report]:
    found = [(config.get(name, ROLE), title) for name, title in ORDER]
    written = [(setting, title) for setting, title in found if setting is not None and setting.value is not None]
    if not written:
        return
    winner, title = written[0]
    for setting, _ in written[1:]:
        yield Report(
            setting.path,
            f"`{dotted(setting.path[-1:])}: {show(setting.value)}` loses to `{dotted(winner.path[-1:])}`: {title}",
            effect="that part of the model is not built",
            help="keep one of the two",
            related=((winner.path, "this one wins"),),
        )


RULE = Rule(
    "GA317",
    "two-kinds-of-model",
    WARNING,
    ("model.relations_layer", "model.labels_decoder"),
    check,
    bad=(Example(BIENCODER + "  labels_decoder: openai-community/gpt2\n", ("model.labels_encoder",)),),
    good=(Example(MODEL + "  labels_decoder: openai-community/gpt2\n  labels_encoder: null\n"),),
    doc=__doc__,
)
