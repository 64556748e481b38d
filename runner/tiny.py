"""A complete training kit that needs no network: a small encoder, its tokenizer and a learnable data set.

`gliner-audit init --tiny` and the tests use it. The encoder has random weights; the data follows a few templates, so
that a model of 2 layers learns it within a few hundred steps.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ARCHITECTURES: Final = ("deberta", "bert")

_FIRST: Final = "Ada Grace Alan Edsger Barbara Donald Radia Linus Margaret Dennis Frances Ken".split()
_LAST: Final = "Lovelace Hopper Turing Dijkstra Liskov Knuth Perlman Torvalds Hamilton Ritchie Allen Thompson".split()
_PLACES: Final = "Paris Berlin Lisbon Oslo Vienna Madrid Athens Dublin Prague Warsaw Helsinki Rome".split()
_FIRMS: Final = "Initech Globex Umbra Hooli Vandelay Soylent Tyrell Cyberdyne Aperture Stark".split()
_DATES: Final = "Monday Tuesday Wednesday Thursday Friday January March April July October".split()
_TEMPLATES: Final = (
    "{person} moved to {place} in {date} .",
    "{firm} hired {person} last {date} .",
    "On {date} , {person} left {firm} for {place} .",
    "The office of {firm} in {place} closed .",
    "{person} met {person} near {place} on {date} .",
    "Nothing happened on {date} at all .",
    "{place} is far from {place} , said {person} of {firm} .",
)


@dataclass(frozen=True, slots=True)
class TinyKit:
    """Where the parts stand: the encoder folder (weights and tokenizer) and two JSONL files."""

    encoder: Path
    train: Path
    eval: Path


def make_tiny(
    folder: Path, *, architecture: str = "deberta", train: int = 96, evaluation: int = 24, seed: int = 7
) -> TinyKit:
    """Write the kit below `folder` and return its paths. `train` and `evaluation` count examples."""
    kit = TinyKit(folder / "encoder", folder / "train.jsonl", folder / "eval.jsonl")
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(seed)
    for path, count in ((kit.train, train), (kit.eval, evaluation)):
        lines = (json.dumps(make_example(draw), ensure_ascii=False) for _ in range(count))
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    save_encoder(kit.encoder, architecture=architecture, seed=seed)
    return kit


def make_example(draw: random.Random) -> dict[str, Any]:
    """One sentence with its entities, as GLiNER takes them: [first word, last word, label]."""
    tokens: list[str] = []
    entities: list[list[Any]] = []
    for part in draw.choice(_TEMPLATES).split():
        words = _fill(part, draw)
        if part.startswith("{"):
            entities.append([len(tokens), len(tokens) + len(words) - 1, part.strip("{}")])
        tokens.extend(words)
    return {"tokenized_text": tokens, "ner": entities}


def save_encoder(
    folder: Path, *, architecture: str = "deberta", hidden: int = 32, layers: int = 2, heads: int = 2, seed: int = 7
) -> None:
    """Write a random encoder of the given size with a word-level tokenizer, as `from_pretrained` reads them."""
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, DebertaV2Config, DebertaV2Model, PreTrainedTokenizerFast

    if architecture not in ARCHITECTURES:
        raise ValueError(f"architecture {architecture!r}: one of {', '.join(ARCHITECTURES)}")
    words = sorted({word.lower() for word in _vocabulary()})
    vocabulary = {word: index for index, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words])}
    inner = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    inner.normalizer = normalizers.Lowercase()
    inner.pre_tokenizer = pre_tokenizers.Whitespace()
    inner.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", vocabulary["[CLS]"]), ("[SEP]", vocabulary["[SEP]"])]
    )
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=inner,
        unk_token="[UNK]",
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
        model_max_length=256,
    )
    size: dict[str, Any] = {
        "vocab_size": len(vocabulary),
        "hidden_size": hidden,
        "num_hidden_layers": layers,
        "num_attention_heads": heads,
        "intermediate_size": hidden * 2,
        "max_position_embeddings": 256,
    }
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        if architecture == "bert":
            model: Any = BertModel(BertConfig(**size), add_pooling_layer=False)
        else:
            relative: dict[str, Any] = {
                "relative_attention": True,
                "pos_att_type": ["p2c", "c2p"],
                "position_biased_input": False,
            }
            model = DebertaV2Model(DebertaV2Config(**size, **relative, max_relative_positions=256))
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def _fill(part: str, draw: random.Random) -> list[str]:
    if part == "{person}":
        return [draw.choice(_FIRST), draw.choice(_LAST)]
    pools = {"{place}": _PLACES, "{firm}": _FIRMS, "{date}": _DATES}
    return [draw.choice(pools[part])] if part in pools else [part]


def _vocabulary() -> list[str]:
    plain = [word for template in _TEMPLATES for word in template.split() if not word.startswith("{")]
    return [*_FIRST, *_LAST, *_PLACES, *_FIRMS, *_DATES, *plain, "person", "place", "firm", "date"]
