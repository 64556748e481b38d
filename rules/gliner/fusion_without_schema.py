"""`num_post_fusion_layers` without `post_fusion_schema`, or a schema with unknown parts: no fusion.

The layers are only built for a schema that is not empty (gliner 0.2.29, modeling/base.py:321), and a part that is none
of l2l, t2t, l2t and t2l is passed over (modeling/layers.py:394-412).
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects.base import MODEL as ROLE
from ...audit.documents.node import dotted
from ..finding import ERROR, WARNING
from ..rule import Example, Report, Rule, show
from ._example import MODEL

# Attention within labels and text, and between them.
PARTS = ("l2l", "t2t", "l2t", "t2l")


def check(config: Config) -> Iterator[Report]:
    schema = config.get("post_fusion_schema", ROLE)
    unheard = (
        [part for part in schema.value.split("-") if part not in PARTS]
        if schema is not None and isinstance(schema.value, str) and schema.value
        else []
    )
    if schema is not None and unheard and config.written("num_post_fusion_layers", role=ROLE) != 0:
        yield Report(
            schema.path,
            f"`{dotted(schema.path[-1:])}: {show(schema.value)}`: GLiNER knows no `{unheard[0]}`",
            effect="the layer is built and never applied, without a word",
            help=f"join {', '.join(PARTS)} with `-`, as in `l2l-l2t-t2t`",
            severity=ERROR,
        )
    layers = config.get("num_post_fusion_layers", ROLE)
    if layers is None or layers.value in (None, 1) or config.written("post_fusion_schema", role=ROLE):
        return
    yield Report(
        layers.path,
        f"`{dotted(layers.path[-1:])}: {show(layers.value)}` has no effect: `post_fusion_schema` is empty",
        effect="no fusion layer is built",
        help="write `post_fusion_schema: l2l-l2t-t2t`, or remove it",
    )


RULE = Rule(
    "GA319",
    "fusion-without-schema",
    WARNING,
    ("model.num_post_fusion_layers", "model.post_fusion_schema"),
    check,
    bad=(
        Example(MODEL + "  num_post_fusion_layers: 3\n", ("model.num_post_fusion_layers",)),
        Example(MODEL + "  post_fusion_schema: l2l_t2t\n", ("model.post_fusion_schema",)),
    ),
    good=(Example(MODEL + "  num_post_fusion_layers: 3\n  post_fusion_schema: l2l-l2t-t2t\n"),),
    doc=__doc__,
)
