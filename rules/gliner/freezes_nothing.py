"""`freeze_components` that freezes nothing: a text instead of a list, or a part that the model does not have.

train_model goes through the value item by item: a text is read letter by letter, and an unknown name is a warning in
the log (gliner 0.2.29, model.py:2287-2335). The parts are text_encoder, labels_encoder (bi-encoders) and decoder
(models with labels_decoder).
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects.base import CALL
from ...audit.dialects.base import MODEL as ROLE
from ...audit.documents.node import dotted
from ..finding import ERROR
from ..rule import Example, Report, Rule, show
from ._example import BIENCODER, TRAINING
from ._kind import kind

NEEDS = {"labels_encoder": "labels_encoder", "decoder": "labels_decoder"}
PARTS = ("text_encoder", "labels_encoder", "decoder")


def check(config: Config) -> Iterator[Report]:
    setting = config.get("freeze_components", CALL)
    if setting is None or not setting.value:
        return
    key = dotted(setting.path[-1:])
    if isinstance(setting.value, str):
        yield Report(
            setting.path,
            f"`{key}: {show(setting.value)}` is text: it is read letter by letter",
            effect="nothing is frozen, and the log warns of components such as 't'",
            help=f"write a list: `{key}: [{setting.value}]`",
        )
        return
    for number, part in enumerate(setting.value if isinstance(setting.value, list) else ()):
        missing = kind(config) is not None and part in NEEDS and config.written(NEEDS[part], role=ROLE) is None
        if part not in PARTS or missing:
            yield Report(
                (*setting.path, number),
                f"`{key}` names `{show(part)}`, "
                + (f"but the model has no {NEEDS[part]}" if missing else "which is no component of the model"),
                effect="a warning in the log; that part is not frozen",
                help=f"components: {', '.join(PARTS)}",
            )


RULE = Rule(
    "GA315",
    "freezes-nothing",
    ERROR,
    ("call.freeze_components",),
    check,
    bad=(
        Example(TRAINING + "  freeze_components: text_encoder\n", ("training.freeze_components",)),
        Example(
            TRAINING + "  freeze_components: [encoder, decoder]\n",
            ("training.freeze_components[0]", "training.freeze_components[1]"),
        ),
    ),
    good=(
        Example(TRAINING + "  freeze_components: [text_encoder]\n"),
        Example(BIENCODER + "training:\n  freeze_components: [text_encoder, labels_encoder]\n"),
        Example(TRAINING + "  freeze_components: null\n"),
    ),
    doc=__doc__,
)
