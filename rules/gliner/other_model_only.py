"""A model setting that another kind of GLiNER model reads.

Readers in gliner 0.2.29: `represent_spans`, `neg_spans_ratio`, `token_loss_coef` and `span_loss_coef` only in token,
decoder and relation models (modeling/base.py:1142-1252, 1820, 2351, 2732; data_processing/processor.py:779);
`decoder_mode`, `full_decoder_context`, `blank_entity_prob` and `decoder_loss_coef` only with `labels_decoder`; the
relation settings only with `relations_layer`; `max_cache_length`, `right_context_width`, `sep_token_index` and
`label_token` only in streaming models. Elsewhere they are kept and change nothing.
"""

from collections.abc import Iterator

from ...audit.config import Config
from ...audit.dialects.base import MODEL as ROLE
from ...audit.dialects.base import Target
from ...audit.documents.node import dotted
from ...schemas.surface import MISSING
from ..finding import WARNING
from ..rule import Example, Report, Rule, show
from ._example import DECODER, MODEL
from ._kind import BIENCODER, RELEX, SPAN, STREAMING, TITLES, kind
from ._kind import DECODER as DECODER_KIND

_DECODER_ONLY = ("decoder_mode", "full_decoder_context", "blank_entity_prob", "decoder_loss_coef")
_RELATION_ONLY = (
    "triples_layer",
    "embed_rel_token",
    "rel_token_index",
    "rel_token",
    "adjacency_loss_coef",
    "relation_loss_coef",
)
_STREAMING_ONLY = ("max_cache_length", "right_context_width", "sep_token_index", "label_token")
_NOT_SPAN = ("represent_spans", "neg_spans_ratio", "token_loss_coef", "span_loss_coef")
_BIENCODER_ONLY = ("labels_encoder_config",)
# parameter -> (kinds that do not read it, what would)
UNREAD: dict[str, tuple[tuple[str, ...], str]] = {
    **dict.fromkeys(_NOT_SPAN, ((SPAN,), "token-level, decoder and relation models do")),
    **dict.fromkeys(_BIENCODER_ONLY, ((SPAN, "token", DECODER_KIND, RELEX), "models with `labels_encoder` do")),
    **dict.fromkeys(_DECODER_ONLY, ((SPAN, BIENCODER, "token"), "models with `labels_decoder` do")),
    **dict.fromkeys(_RELATION_ONLY, ((SPAN, BIENCODER, "token"), "models with `relations_layer` do")),
    **dict.fromkeys(_STREAMING_ONLY, ((SPAN, BIENCODER, "token", DECODER_KIND, RELEX), "streaming models do")),
}


def unread(config: Config, target: Target) -> bool:
    """Whether the model that this config builds does not read the parameter."""
    return target.role == ROLE and target.parameter in UNREAD and kind(config) in UNREAD[target.parameter][0]


def check(config: Config) -> Iterator[Report]:
    found = kind(config)
    if found is None or found == STREAMING:
        return
    for parameter, (kinds, reader) in UNREAD.items():
        setting = config.get(parameter, ROLE)
        if setting is None or setting.value is None or found not in kinds:
            continue
        surface = config.parameter(parameter, ROLE)
        if surface is not None and surface.default is not MISSING and setting.value == surface.default:
            continue
        yield Report(
            setting.path,
            f"`{dotted(setting.path[-1:])}: {show(setting.value)}` has no effect: this config builds {TITLES[found]}, "
            f"which does not read it ({reader})",
            effect="the run is the same without it",
            help="remove it, or build the kind of model that reads it",
        )


RULE = Rule(
    "GA306",
    "other-model-only",
    WARNING,
    tuple(f"model.{parameter}" for parameter in UNREAD),
    check,
    bad=(
        Example(
            MODEL + "  span_loss_coef: 0.5\n  decoder_mode: span\n", ("model.span_loss_coef", "model.decoder_mode")
        ),
    ),
    good=(Example(DECODER + "  decoder_mode: span\n  blank_entity_prob: 0.2\n"),),
    doc=__doc__,
)
