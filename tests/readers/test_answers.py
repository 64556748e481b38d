"""What the bundled summaries say of fields whose fate is known from running the libraries."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from gliner_audit.schemas.readers import PLAIN_TRAINER, lookup, mentioned, replaced, use

NEWEST = {"transformers": "5.16.1", "gliner": "0.2.29"}
OLDER = {"transformers": "4.57.6", "gliner": "0.2.24"}
OLDEST = {"transformers": "4.51.3", "gliner": "0.2.22"}
ARGUMENTS = "gliner.training.TrainingArguments"
PLAIN = "transformers.TrainingArguments"
LAYER = "gliner.GLiNER.create_training_args"

INERT_FOR_GLINER = [
    "torch_empty_cache_steps", "label_smoothing_factor", "remove_unused_columns", "dataloader_multiprocessing_context",
    "dataloader_in_order", "average_tokens_across_devices", "do_train", "do_predict", "local_rank", "cache_dir",
    "resume_from_checkpoint", "do_eval",
]  # fmt: skip
# Read through properties, f-strings, overrides and callbacks: a plain search takes them for dead.
LIVE_FOR_GLINER = [
    "logging_steps", "eval_steps", "save_steps", "warmup_ratio", "warmup_steps", "log_level", "tf32", "ddp_backend",
    "ddp_timeout", "per_device_eval_batch_size", "per_device_train_batch_size", "include_num_input_tokens_seen",
    "use_cache", "include_for_metrics", "prediction_loss_only", "eval_accumulation_steps", "dataloader_prefetch_factor",
    "dataloader_persistent_workers", "others_lr", "others_weight_decay", "label_smoothing", "masking", "seed",
    "lr_scheduler_kwargs", "accelerator_config", "fsdp_config", "deepspeed", "optim_args", "neftune_noise_alpha",
]  # fmt: skip


def verdict(surface: str, name: str, versions: dict[str, str] = NEWEST, **more: object) -> str | None:
    found = use(surface, name, versions, **more)  # type: ignore[arg-type]
    return found.verdict if found else None


@pytest.mark.parametrize("name", INERT_FOR_GLINER)
def test_inert_for_gliners_trainer(name: str) -> None:
    found = use(ARGUMENTS, name, NEWEST, reporters=())
    assert found is not None
    assert found.verdict == "inert"
    assert found.why


@pytest.mark.parametrize("name", LIVE_FOR_GLINER)
def test_live_for_gliners_trainer(name: str) -> None:
    found = use(ARGUMENTS, name, NEWEST, reporters=())
    assert found is not None
    assert found.verdict == "live"
    assert all(":" in reader.source and reader.function for reader in found.readers)
    assert found.readers


def test_overridden_methods_make_the_difference() -> None:
    replaced_by_gliner = {"torch_empty_cache_steps", "label_smoothing_factor", "remove_unused_columns", "label_names"}
    for name in replaced_by_gliner:
        assert verdict(PLAIN, name, trainer=PLAIN_TRAINER) == "live"
        assert verdict(ARGUMENTS, name) == "inert"
    found = use(ARGUMENTS, "torch_empty_cache_steps", NEWEST)
    assert found is not None
    assert "Trainer.training_step (transformers/trainer.py:1944)" in str(found.why)


def test_reporting_decides() -> None:
    found = use(ARGUMENTS, "resume_from_checkpoint", NEWEST)
    assert found is not None
    assert (found.verdict, found.reporters) == ("live", ("swanlab",))
    assert verdict(ARGUMENTS, "resume_from_checkpoint", reporters=["wandb"]) == "inert"
    assert verdict(ARGUMENTS, "resume_from_checkpoint", reporters=["all"]) == "live"
    assert verdict(ARGUMENTS, "run_name", reporters=["wandb"]) == "live"


@pytest.mark.parametrize("name", ["masking", "loss_type", "use_span_width_weight", "dice_gamma"])
def test_token_models_drop_arguments_of_the_span_loss(name: str) -> None:
    assert verdict(ARGUMENTS, name, model="UniEncoderTokenGLiNER") == "inert"
    assert verdict(ARGUMENTS, name, model="UniEncoderSpanGLiNER") == "live"


def test_bi_encoder_span_loss_takes_label_smoothing_for_the_margin() -> None:
    assert verdict(ARGUMENTS, "focal_loss_prob_margin", model="BiEncoderSpanGLiNER") == "inert"
    assert verdict(ARGUMENTS, "loss_type", model="BiEncoderSpanGLiNER") == "inert"
    assert verdict(ARGUMENTS, "label_smoothing", model="BiEncoderSpanGLiNER") == "live"


@pytest.mark.parametrize("name", ["fine_tune", "name"])
@pytest.mark.parametrize("versions", [NEWEST, OLDER, OLDEST])
def test_config_fields_that_nothing_reads(name: str, versions: dict[str, str]) -> None:
    assert verdict("gliner.GLiNERConfig", name, versions) == "inert"


@pytest.mark.parametrize(
    ("name", "live_in", "inert_in"),
    [
        ("represent_spans", "UniEncoderTokenGLiNER", "UniEncoderSpanGLiNER"),
        ("neg_spans_ratio", "UniEncoderTokenGLiNER", "UniEncoderSpanGLiNER"),
        ("token_loss_coef", "UniEncoderTokenGLiNER", "UniEncoderSpanGLiNER"),
        ("span_loss_coef", "UniEncoderSpanDecoderGLiNER", "UniEncoderSpanGLiNER"),
        ("decoder_mode", "UniEncoderSpanDecoderGLiNER", "UniEncoderTokenGLiNER"),
        ("blank_entity_prob", "UniEncoderSpanDecoderGLiNER", "BiEncoderSpanGLiNER"),
        ("max_cache_length", "StreamingSpanGLiNER", "UniEncoderSpanGLiNER"),
        ("right_context_width", "StreamingSpanGLiNER", "UniEncoderSpanGLiNER"),
        ("label_token", "StreamingSpanGLiNER", "UniEncoderSpanRelexGLiNER"),
        ("relation_loss_coef", "UniEncoderSpanRelexGLiNER", "UniEncoderSpanGLiNER"),
        ("max_neg_type_ratio", "UniEncoderSpanGLiNER", "BiEncoderSpanGLiNER"),
    ],
)
def test_config_fields_by_model(name: str, live_in: str, inert_in: str) -> None:
    found = {model: use("gliner.GLiNERConfig", name, NEWEST, model=model) for model in (live_in, inert_in)}
    assert found[live_in] is not None
    assert found[live_in].verdict == "live"
    assert found[inert_in] is not None
    assert found[inert_in].verdict == "inert"


def test_every_span_and_attention_field_stays_live() -> None:
    for name in ("_attn_implementation", "span_mode", "max_width", "dropout", "max_len", "ent_token", "vocab_size"):
        assert verdict("gliner.GLiNERConfig", name, model="UniEncoderSpanGLiNER") == "live"
    assert verdict("gliner.config.GLiNERConfig", "subtoken_pooling", OLDER) == "inert"
    assert verdict("gliner.config.GLiNERConfig", "subtoken_pooling") == "live"


def test_layers_replace_falsy_values() -> None:
    for name, other in (("others_lr", "learning_rate"), ("others_weight_decay", "weight_decay")):
        found = replaced(LAYER, name, NEWEST)
        assert found is not None
        assert found.expression == f"{name} or {other}"
        assert found.when == "falsy"
        assert found.source.startswith("gliner/model.py:24")
    assert replaced(LAYER, "weight_decay", NEWEST) is None
    assert replaced(LAYER, "others_lr", OLDEST) is None


def test_parameters_that_a_layer_uses_itself() -> None:
    found = use("gliner.GLiNER.train_model", "freeze_components", NEWEST)
    assert found is not None
    assert found.verdict == "live"
    assert found.readers[0].function == "BaseGLiNER.train_model"
    assert use("gliner.GLiNER.train_model", "no_such_thing", NEWEST) is None


def test_mentions() -> None:
    for name in ("size_sup", "shuffle_types", "random_drop", "has_rnn", "fine_tune"):
        assert not mentioned(name, NEWEST), name
    for name in ("masking", "max_types", "ner_negatives", "tokenized_text"):
        assert mentioned(name, NEWEST), name
    assert mentioned("has_rnn", OLDEST)
    assert mentioned("size_sup", {"gliner": "99.0"})


def test_versions_between_need_both_sides() -> None:
    between = {"transformers": "5.16.1", "gliner": "0.2.26"}
    assert verdict("gliner.GLiNERConfig", "fine_tune", between) == "inert"
    assert verdict("gliner.GLiNERConfig", "subtoken_pooling", between) == "live"
    assert verdict(ARGUMENTS, "local_rank", {"transformers": "5.0.0", "gliner": "0.2.29"}) == "live"
    later = {"transformers": "5.23.0", "gliner": "0.2.29"}
    assert verdict(ARGUMENTS, "torch_empty_cache_steps", later) == "unknown"
    assert verdict(ARGUMENTS, "learning_rate", later) == "live"


def test_answers_need_no_library_and_little_else() -> None:
    code = (
        "import sys, json, gliner_audit; before = set(sys.modules); from gliner_audit.schemas.readers import use;"
        f"use({ARGUMENTS!r}, 'seed', {NEWEST!r}); print(json.dumps(sorted(set(sys.modules) - before)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(json.loads(ran.stdout))
    assert not loaded & {"ast", "torch", "transformers", "gliner", "dataclasses", "inspect", "pathlib", "zipfile"}


def test_data_stays_small() -> None:
    data = Path(lookup.__file__).parent.parent / "data" / "readers"
    assert 0 < sum(path.stat().st_size for path in data.glob("*.json")) <= 100_000
