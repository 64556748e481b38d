"""LoRA on the backbone of a GLiNER model, and a merged model that `GLiNER.from_pretrained` reads back.

Only the backbone is wrapped: peft freezes what it wraps, and GLiNER's heads must train. An unmerged model must never be
saved as a model: from_pretrained loads it with strict=False and leaves the backbone random (gliner 0.2.29,
model.py:1892).
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from .errors import REFUSED, RunError


def apply(model: Any, spec: Mapping[str, Any], *, new_rows: bool) -> Any:
    """Wrap the text backbone of `model` in place and return the peft model.

    With `new_rows` the rows that GLiNER added to the token embeddings (entity marker and separator) train too: they are
    random, and LoRA freezes the table that they stand in. Raises RunError (exit 1) for a setting that peft refuses or a
    target that no layer of the backbone is named after.
    """
    from peft import LoraConfig, get_peft_model

    layer = holder(model)
    fields = dict(spec)
    check_targets(layer.model, fields.get("target_modules"))
    if new_rows and fields.get("trainable_token_indices") is None:
        fields["trainable_token_indices"] = added_rows(model)
    try:
        layer.model = get_peft_model(layer.model, LoraConfig(**fields))
    except (TypeError, ValueError) as error:
        raise RunError(f"peft.LoraConfig refuses the plan: {error}", REFUSED) from None
    return layer.model


def holder(model: Any) -> Any:
    """The module whose attribute `model` is the text backbone."""
    try:
        return model.model.token_rep_layer.bert_layer
    except AttributeError:
        raise RunError(
            f"LoRA: {type(model).__name__} has no text backbone at token_rep_layer.bert_layer", REFUSED
        ) from None


def backbone(model: Any) -> Any:
    """The text backbone itself, behind peft when it is wrapped."""
    inner = holder(model).model
    return inner.get_base_model() if is_wrapped(model) else inner


def is_wrapped(model: Any) -> bool:
    """Whether the backbone is a peft model."""
    return hasattr(getattr(getattr(model.model, "token_rep_layer", None), "bert_layer", None), "model") and hasattr(
        model.model.token_rep_layer.bert_layer.model, "peft_config"
    )


def check_targets(encoder: Any, targets: Any) -> None:
    """Refuse target names that match no layer: peft says nothing when only some of them do."""
    import torch

    kinds = (torch.nn.Linear, torch.nn.Embedding, torch.nn.Conv1d)
    names = [name for name, module in encoder.named_modules() if isinstance(module, kinds)]
    if targets is None or targets == "all-linear":
        return
    if isinstance(targets, str):
        missing = [] if any(re.fullmatch(targets, name) for name in names) else [targets]
    else:
        missing = [t for t in targets if not any(name == t or name.endswith(f".{t}") for name in names)]
    if missing:
        linear = (name for name, module in encoder.named_modules() if isinstance(module, torch.nn.Linear))
        known = sorted({name.rsplit(".", 1)[-1] for name in linear})
        raise RunError(
            f"lora target_modules: {', '.join(map(repr, missing))} names no layer of {type(encoder).__name__}; "
            f"it would train no adapter there. Its linear layers are {', '.join(known)}",
            REFUSED,
        )


def added_rows(model: Any) -> list[int]:
    """The embedding rows of GLiNER's own tokens."""
    tokenizer = model.data_processor.transformer_tokenizer
    tokens = [model.config.ent_token, model.config.sep_token]
    return sorted({int(row) for row in tokenizer.convert_tokens_to_ids(tokens)})


@contextmanager
def merged(model: Any) -> Iterator[None]:
    """For a while the backbone is a merged copy; the adapters themselves are not touched, not by one bit."""
    if not is_wrapped(model):
        yield
        return
    layer = holder(model)
    wrapped = layer.model
    layer.model = copy.deepcopy(wrapped).merge_and_unload()
    try:
        yield
    finally:
        layer.model = wrapped
