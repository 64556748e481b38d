"""A tiny encoder on disk and one short, repeatable GLiNER run on the CPU."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("OMP_NUM_THREADS", "1")

WORDS = [f"w{i}" for i in range(40)]
LOADER = [
    "batch_size", "num_workers", "pin_memory", "drop_last", "prefetch_factor", "persistent_workers", "in_order",
    "multiprocessing_context",
]  # fmt: skip
Run = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder with a two-layer DeBERTa-v2 of random weights and a word tokenizer."""
    pytest.importorskip("gliner")
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import DebertaV2Config, DebertaV2Model, PreTrainedTokenizerFast, set_seed

    folder = tmp_path_factory.mktemp("encoder")
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    vocabulary = {word: i for i, word in enumerate([*special, *WORDS, "person", "place"])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]",
        mask_token="[MASK]",
    ).save_pretrained(folder)  # fmt: skip
    set_seed(0)
    shape = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
    DebertaV2Model(DebertaV2Config(vocab_size=len(vocabulary), **shape)).save_pretrained(folder)
    return str(folder)


def examples() -> list[dict[str, Any]]:
    chance = random.Random(7)
    made = []
    for _ in range(24):
        words = [chance.choice(WORDS) for _ in range(10)]
        made.append({"tokenized_text": words, "ner": [[1, 2, "person"], [5, 5, "place"]]})
    return made


@pytest.fixture(scope="session")
def gliner_run(encoder: str, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """`run(arguments, config, arguments_class)` trains four steps with evaluation and saving, and says what happened:
    losses, learning rates, optimizer groups, loader arguments, files saved."""
    import torch
    from gliner import GLiNER
    from gliner.training import Trainer, TrainingArguments
    from transformers import set_seed

    def run(
        arguments: dict[str, Any] | None = None,
        config: dict[str, Any] | None = None,
        arguments_class: type = TrainingArguments,
    ) -> dict[str, Any]:
        set_seed(3)
        shape = {"hidden_size": 32, "max_width": 4, "max_types": 10, "max_len": 64}
        model = GLiNER.from_config({"model_name": encoder, "span_mode": "markerV0"} | shape | (config or {}))
        before = {name: p.detach().clone() for name, p in model.named_parameters()}
        output = tmp_path_factory.mktemp("out")
        values = {
            "output_dir": str(output), "max_steps": 4, "use_cpu": True, "logging_steps": 1, "save_steps": 2,
            "eval_strategy": "steps", "eval_steps": 2, "report_to": "none", "learning_rate": 1e-3, "others_lr": 2e-3,
            "per_device_train_batch_size": 4, "disable_tqdm": True, "warmup_steps": 1,
        } | (arguments or {})  # fmt: skip
        trainer = Trainer(
            model=model, args=arguments_class(**values), train_dataset=examples(), eval_dataset=examples()[:8],
            data_collator=model._create_data_collator(), processing_class=model.data_processor.transformer_tokenizer,
        )  # fmt: skip
        trainer.train()
        trainer.save_model()
        loader = trainer.get_train_dataloader()
        timed = ("runtime", "per_second", "timestamp", "flos")
        history = [
            {k: v for k, v in row.items() if not any(t in k for t in timed)} for row in trainer.state.log_history
        ]
        moved = [n for n, p in model.named_parameters() if not torch.equal(p.detach(), before[n])]
        groups = [(g["weight_decay"], g["initial_lr"], len(g["params"])) for g in trainer.optimizer.param_groups]
        return {
            "history": history,
            "groups": groups,
            "optimizer": type(trainer.optimizer).__name__,
            "steps": trainer.state.global_step,
            "moved": moved,
            "loader": {name: str(getattr(loader, name, None)) for name in LOADER},
            "files": sorted(str(p.relative_to(output)) for p in Path(output).rglob("*")),
        }  # fmt: skip

    return run
