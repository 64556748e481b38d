"""The engine's structural verdict is jsonschema's on the published schemas: the same paths and keywords."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from gliner_audit.audit.config import Config, Surfaces
from gliner_audit.audit.dialects import DIALECTS, recognise
from gliner_audit.audit.dialects.published import published
from gliner_audit.audit.documents import load
from gliner_audit.schemas import catalog
from jsonschema import Draft202012Validator

NEWEST = {name: catalog.newest(name) for name in ("transformers", "gliner", "peft")}
VALIDATORS = {name: Draft202012Validator(published(Surfaces(dialect, NEWEST))) for name, dialect in DIALECTS.items()}
VALUES: list[Any] = [
    None, True, False, 0, 1, -1, 2.5, 1.0, 0.1, -0.5, 10**9, "", "none", "no", "steps", "epoch", "1e-5", "cosine",
    "linear", "adamw_torch", "markerV0", "token_level", "first", "sum", [], ["a"], [1, 2], ["wandb"], {}, {"a": 1},
    {"loftq_bits": 2}, {"loftq_bits": "x"}, {"learning_rate": "x"},
]  # fmt: skip


def verdicts(document: Any, dialect: str) -> tuple[set[tuple[Any, ...]], set[tuple[Any, ...]]]:
    config = Config(document, DIALECTS[dialect], NEWEST)
    ours = {(tuple(one.path), one.keyword) for one in config.structural}
    theirs = {(tuple(error.absolute_path), error.validator) for error in VALIDATORS[dialect].iter_errors(document.data)}
    return ours, theirs


def fuzzed(seed: int) -> tuple[str, dict[str, Any]]:
    """A document of a random dialect and layout with random keys of it, and random values."""
    draw = random.Random(seed)
    name = draw.choice(sorted(DIALECTS))
    properties: dict[str, Any] = VALIDATORS[name].schema["properties"]
    sections = [key for key, value in properties.items() if set(value) == {"properties"}]
    flat = VALIDATORS[name].schema.get("else", {}).get("properties") or properties
    document: dict[str, Any] = {}
    if draw.random() < 0.5:
        for section in draw.sample(sections, draw.randint(1, min(3, len(sections)))):
            keys = sorted(properties[section]["properties"]) or ["own"]
            chosen = draw.sample(keys, min(len(keys), draw.randint(1, 12)))
            document[section] = {key: draw.choice(VALUES) for key in chosen}
    for key in draw.sample(sorted(flat), draw.randint(0, 12)):
        document.setdefault(key, draw.choice(VALUES))
    if draw.random() < 0.2:
        document["own_key"] = draw.choice(VALUES)
    return name, document


@pytest.mark.parametrize("block", range(10))
def test_fuzzed_documents(block: int) -> None:
    for seed in range(block * 500, (block + 1) * 500):
        name, data = fuzzed(seed)
        text = json.dumps(data)
        ours, theirs = verdicts(load("fuzz.json", text, "json"), name)
        assert ours == theirs, (seed, name, data)


def test_corpus_files(corpus: Callable[..., list[Path]]) -> None:
    seen = 0
    for path in corpus(endings=(".yaml", ".yml")):
        document = load(str(path), path.read_bytes())
        _, dialect = recognise(document.data)
        if dialect is None or not isinstance(document.data, dict):
            continue
        plain = json.loads(json.dumps(yaml.safe_load(document.text), default=str))
        if plain != document.data:
            continue
        ours, theirs = verdicts(document, dialect.name)
        assert ours == theirs, path
        seen += 1
    assert seen > 150


def test_the_schemas_are_schemas() -> None:
    for validator in VALIDATORS.values():
        Draft202012Validator.check_schema(validator.schema)
