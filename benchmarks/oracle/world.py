"""A tiny offline world: three random backbones on disk, sixteen sentences, and the models that are trained on them."""

from __future__ import annotations

import importlib
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .surfaces import BACKBONE, DECODER, LABELS_BACKBONE

_TOWNS = ("oslo", "rome", "lima", "cairo")
_PEOPLE = ("anna", "bob", "carla", "dev")
_WORDS = ("went", "to", "from", "met", "in", "and", "saw", "the", "old", "house", ".")


def library(name: str) -> Any:
    """A library of the train extra, by name: its classes are the subject here, not their annotations."""
    return importlib.import_module(name)


class World:
    """Folders of the local backbones, built once under a cache folder, and the data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.backbones = {BACKBONE: folder / "encoder", LABELS_BACKBONE: folder / "labels", DECODER: folder / "decoder"}
        if not (folder / "done").exists():
            _build(self.backbones)
            (folder / "done").write_text("")
        self.train = ner_examples(16)
        self.evaluation = ner_examples(4)

    def localised(self, model: dict[str, Any]) -> dict[str, Any]:
        """A GLiNER config with the names of the base config's backbones replaced by their local folders."""
        keys = ("model_name", "labels_encoder", "labels_decoder")
        swap = {k: str(self.backbones[model[k]]) for k in keys if model.get(k) in self.backbones} if model else {}
        return {**model, **swap}


def _build(folders: dict[str, Path]) -> None:
    from tokenizers import Tokenizer, models, pre_tokenizers

    torch, transformers = library("torch"), library("transformers")
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    words = dict.fromkeys([*special, *_TOWNS, *_PEOPLE, *_WORDS, "person", "city", "lives"])
    vocabulary = {word: number for number, word in enumerate(words)}
    raw = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    raw.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_object=raw,
        unk_token="[UNK]",
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
        bos_token="[CLS]",
        eos_token="[SEP]",
    )
    size = len(tokenizer)
    torch.manual_seed(0)
    small = {"vocab_size": size, "hidden_size": 32, "intermediate_size": 64}
    small |= {"num_hidden_layers": 2, "num_attention_heads": 2}
    gpt = {"n_embd": 32, "n_layer": 2, "n_head": 2}
    made = {
        BACKBONE: transformers.DebertaV2Model(transformers.DebertaV2Config(**small)),
        LABELS_BACKBONE: transformers.BertModel(transformers.BertConfig(**small)),
        DECODER: transformers.GPT2LMHeadModel(transformers.GPT2Config(vocab_size=size, n_positions=256, **gpt)),
    }
    for name, model in made.items():
        model.save_pretrained(folders[name])
        tokenizer.save_pretrained(folders[name])


def ner_examples(count: int) -> list[dict[str, Any]]:
    """Sentences with a person and a city, in GLiNER's format (token spans, ends inclusive), relations beside them."""
    rng = random.Random(7)
    examples = []
    for _ in range(count):
        words = [rng.choice(_PEOPLE), *rng.sample(_WORDS[:-1], 3), rng.choice(_TOWNS), "."]
        examples.append(
            {"tokenized_text": words, "ner": [[0, 0, "person"], [4, 4, "city"]], "relations": [[0, 1, "lives"]]}
        )
    return examples


def token_classifier(world: World) -> tuple[Any, list[dict[str, Any]]]:
    """A two-label BERT and its data, for what only transformers.Trainer and PEFT see."""
    torch, transformers = library("torch"), library("transformers")
    torch.manual_seed(0)
    config = transformers.BertConfig.from_pretrained(world.backbones[LABELS_BACKBONE])
    data = [
        {"input_ids": [2, 5 + i % 4, 9 + i % 4, 3], "attention_mask": [1] * 4, "labels": [0, 1, 0, 1]}
        for i in range(16)
    ]
    return transformers.BertForTokenClassification(config), data


@contextmanager
def reads_of(cls: Any, ignored: frozenset[str]) -> Iterator[set[str]]:
    """Records which attributes of a class's instances are read, but for reads inside the functions named."""
    import sys

    seen: set[str] = set()
    plain = cls.__getattribute__

    def watched(self: Any, name: str) -> Any:
        if sys._getframe(1).f_code.co_name not in ignored:
            seen.add(name)
        return plain(self, name)

    cls.__getattribute__ = watched
    try:
        yield seen
    finally:
        cls.__getattribute__ = plain
