"""GLiNER's own collators over a small local encoder: the oracle of the fault matrix."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from gliner_audit.runner.datacheck import Settings

MAX_WIDTH, MAX_LEN, MAX_TYPES = 4, 8, 5


class Batch(NamedTuple):
    """What the real collator makes of one example: the entities with a positive label, and the first error."""

    kept: frozenset[tuple[Any, ...]]
    raised: str | None
    shifted: bool


Oracle = Callable[[str, Any], Batch]
SETTINGS = {
    "span": Settings(False, False, MAX_WIDTH, MAX_LEN, MAX_TYPES),
    "token": Settings(True, False, MAX_WIDTH, MAX_LEN, MAX_TYPES),
    "bi-span": Settings(False, True, MAX_WIDTH, MAX_LEN, MAX_TYPES),
    "bi-token": Settings(True, True, MAX_WIDTH, MAX_LEN, MAX_TYPES),
}


@pytest.fixture(scope="session")
def oracle(tmp_path_factory: pytest.TempPathFactory) -> Oracle:
    """Runs an example alone through the collator of a kind, and through the model for the uni-encoders.

    Token-level labels are given as (word, label, mark) with the marks S, E and I.
    """
    os.environ.update(HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false")
    torch = pytest.importorskip("torch", reason="the training libraries are not installed")
    gliner = pytest.importorskip("gliner", reason="the training libraries are not installed")
    from gliner_audit.runner.tiny import make_tiny

    torch.set_num_threads(1)
    encoder = str(make_tiny(tmp_path_factory.mktemp("kit")).encoder)
    models: dict[str, Any] = {}

    def model(kind: str) -> Any:
        if kind not in models:
            settings = SETTINGS[kind]
            config = {
                "model_name": encoder,
                "hidden_size": 32,
                "span_mode": "token_level" if settings.token_level else "markerV0",
                "max_width": MAX_WIDTH,
                "max_len": MAX_LEN,
                "max_types": MAX_TYPES,
                **({"labels_encoder": encoder} if settings.bi_encoder else {}),
            }
            models[kind] = gliner.GLiNER.from_config(config)
        return models[kind]

    def run(kind: str, example: Any) -> Batch:
        it = model(kind)
        collator = it.data_collator_class(it.config, data_processor=it.data_processor, return_id_to_classes=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                batch = collator([example])
                labels, names = batch["labels"], batch["id_to_classes"][0]
                if not SETTINGS[kind].bi_encoder:
                    with torch.no_grad():
                        it.model(**{key: value for key, value in batch.items() if isinstance(value, torch.Tensor)})
            except Exception as error:
                return Batch(frozenset(), type(error).__name__, False)
        if labels.dim() == 3:
            kept = {
                (i // MAX_WIDTH, i // MAX_WIDTH + i % MAX_WIDTH, names[c + 1]) for _, i, c in labels.nonzero().tolist()
            }
        else:
            kept = {(word, names[c + 1], "SEI"[mark]) for _, word, c, mark in labels.nonzero().tolist()}
        words = int(batch["text_lengths"][0])
        return Batch(frozenset(kept), None, int(batch["words_mask"].max()) < words)

    return run


@pytest.fixture(scope="session")
def kit_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for data files."""
    return tmp_path_factory.mktemp("data")
