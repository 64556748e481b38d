"""`num_post_fusion_layers` without `post_fusion_schema`: no layer is built.

The layers are only built for a schema that is not empty (gliner 0.2.29, modeling/base.py).
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects.base import MODEL as ROLE
from ...audit.documents.node import dotted
from ..finding import WARNING
from ..rule import Example, Report, Rule, show
from ._example import MODEL


def check(config: Config) -> Iterator[Report]:
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
    ("model.num_post_fusion_layers",),
    check,
    bad=(Example(MODEL + "  num_post_fusion_layers: 3\n", ("model.num_post_fusion_layers",)),),
    good=(Example(MODEL + "  num_post_fusion_layers: 3\n  post_fusion_schema: l2l-l2t-t2t\n"),),
    doc=__doc__,
)
