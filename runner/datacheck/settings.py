"""What the collator's behaviour depends on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Self

ENT_TOKEN = "<<ENT>>"


class Settings(NamedTuple):
    """The fields of the GLiNER config that decide what becomes of an entity; the defaults are gliner 0.2.29's.

    `token_level` is span_mode "token_level", `bi_encoder` a config with labels_encoder. `other` names an architecture
    whose collator does more than the two that are modelled (relations, decoder, streaming), or is None.
    """

    token_level: bool = False
    bi_encoder: bool = False
    max_width: int = 12
    max_len: int = 384
    max_types: int = 25
    max_neg_type_ratio: int = 1
    ent_token: str = ENT_TOKEN
    other: str | None = None

    @classmethod
    def of(cls, model: Mapping[str, Any]) -> Self:
        """The settings of a GLiNER config (its `model` section); whoever holds no usable value keeps the default."""
        numbers = {
            name: int(model[name])
            for name in ("max_width", "max_len", "max_types", "max_neg_type_ratio")
            if isinstance(model.get(name), int) and not isinstance(model[name], bool)
        }
        return cls(
            token_level=model.get("span_mode") == "token_level",
            bi_encoder=model.get("labels_encoder") is not None and model.get("labels_decoder") is None,
            ent_token=str(model.get("ent_token") or ENT_TOKEN),
            other=_other(model),
            **numbers,
        )


def _other(model: Mapping[str, Any]) -> str | None:
    if model.get("model_type") == "gliner_streaming_span":
        return "streaming"
    if model.get("relations_layer") is not None:
        return "relations"
    return "decoder" if model.get("labels_decoder") is not None else None
