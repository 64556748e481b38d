"""Which of GLiNER's models a config builds (gliner 0.2.29, model.py:6869 _get_gliner_class)."""

from __future__ import annotations

from ...audit.config import Config
from ...audit.dialects.base import MODEL

SPAN, TOKEN, BIENCODER, DECODER, RELEX, STREAMING = "span", "token", "bi-encoder", "decoder", "relation", "streaming"
TITLES = {
    SPAN: "a uni-encoder span model",
    TOKEN: "a token-level model",
    BIENCODER: "a bi-encoder model",
    DECODER: "a model with a label decoder",
    RELEX: "a relation model",
    STREAMING: "a streaming model",
}


def kind(config: Config) -> str | None:
    """The kind of model, the stronger trait first: streaming, relations, decoder, bi-encoder, token level, span.

    None when the file describes no model of its own: it may continue a pretrained one, whose kind it does not say.
    """
    if (
        config.get("model_type", MODEL) is not None
        and config.written("model_type", role=MODEL) == "gliner_streaming_span"
    ):
        return STREAMING
    for parameter, found in (("relations_layer", RELEX), ("labels_decoder", DECODER), ("labels_encoder", BIENCODER)):
        if config.written(parameter, role=MODEL) is not None:
            return found
    if config.get("span_mode", MODEL) is None:
        return None
    return TOKEN if token_level(config) else SPAN


def token_level(config: Config) -> bool:
    """Whether the model labels tokens instead of spans."""
    return bool(config.written("span_mode", role=MODEL) == "token_level")
