"""Pairs of values that the libraries check against each other, or that undo each other; drawn beside random pairs."""

from __future__ import annotations

from random import Random
from typing import Any

from .surfaces import DECODER, GLINER_ARGS, LABELS_BACKBONE, LORA, TRAINER_ARGS

_STRATEGIES = ("no", "steps", "epoch")
_SCHEDULE_KNOBS: tuple[dict[str, Any], ...] = (
    {},
    {"min_lr": 1e-6},
    {"min_lr_rate": 0.1},
    {"min_lr": 1e-6, "min_lr_rate": 0.1},
    {"num_cycles": 2},
    {"num_cycles": 0.5},
    {"num_decay_steps": 10},
    {"num_stable_steps": 5, "num_decay_steps": 5},
    {"power": 2.0},
    {"lr_end": 1.0},
    {"timescale": 100},
    {"patience": 3},
    {"last_epoch": -1},
)


def conflicting(rng: Random, surface: str, schedulers: tuple[str, ...]) -> dict[str, Any]:
    """Two or three keys that belong together; right about as often as wrong."""
    if surface in (TRAINER_ARGS, GLINER_ARGS):
        return _training(rng, surface, schedulers)
    return _lora(rng) if surface == LORA else _model(rng)


def _training(rng: Random, surface: str, schedulers: tuple[str, ...]) -> dict[str, Any]:
    def flag() -> bool:
        return rng.random() < 0.5

    options: list[dict[str, Any]] = [
        {"fp16": flag(), "bf16": flag()},
        {"fp16_full_eval": flag(), "bf16_full_eval": flag()},
        {
            "load_best_model_at_end": True,
            "eval_strategy": rng.choice(_STRATEGIES),
            "save_strategy": rng.choice((*_STRATEGIES, "best")),
        },
        {
            "load_best_model_at_end": True,
            "eval_strategy": "steps",
            "save_strategy": "steps",
            "eval_steps": rng.choice([50, 100, 300, 0.1, 0.2, 0]),
            "save_steps": rng.choice([50, 100, 200, 500, 0.2, 0.3, 0]),
        },
        {"lr_scheduler_type": rng.choice(schedulers), "lr_scheduler_kwargs": dict(rng.choice(_SCHEDULE_KNOBS))},
        {"lr_scheduler_type": rng.choice(("reduce_lr_on_plateau", "greedy")), "eval_strategy": rng.choice(_STRATEGIES)},
        {"dataloader_num_workers": rng.choice([0, 1]), "dataloader_prefetch_factor": rng.choice([None, 2])},
        {"dataloader_num_workers": rng.choice([0, 1]), "dataloader_persistent_workers": flag()},
        {"max_steps": rng.choice([-1, 0, 50]), "num_train_epochs": rng.choice([0, 1, 3.0])},
        {
            "eval_strategy": "steps",
            "eval_steps": rng.choice([0, 10, 0.5, 1.5, 2.5]),
            "logging_steps": rng.choice([0, 10]),
        },
        {"logging_strategy": rng.choice(_STRATEGIES), "logging_steps": rng.choice([0, 0.5, 1.5, 5])},
        {"save_strategy": rng.choice(_STRATEGIES), "save_steps": rng.choice([0, 0.5, 2.5, 5])},
        {"warmup_steps": rng.choice([0, 0.1, 10, -1, 1.0]), "lr_scheduler_type": rng.choice(schedulers)},
        {"gradient_checkpointing": flag(), "gradient_checkpointing_kwargs": {"use_reentrant": flag()}},
        {"optim": "adamw_torch", "optim_args": rng.choice(["foo=1", "eps=1e-8", "banana", "beta1=0.9,beta2=0.99"])},
    ]
    if surface == GLINER_ARGS:
        options += [
            {"warmup_steps": rng.choice([0, 5]), "warmup_ratio": rng.choice([0.0, 0.1, 1.5, -0.1])},
            {"masking": rng.choice(["global", "none"]), "negatives": rng.choice([0.5, 1.0])},
            {"loss_type": rng.choice(["focal", "dice"]), "focal_loss_alpha": rng.choice([-1, 0.75])},
            {"label_smoothing": rng.choice([0, 0.1]), "label_smoothing_factor": rng.choice([0.0, 0.1])},
            {"others_lr": rng.choice([1.0e-4, 0.0, 0]), "others_weight_decay": rng.choice([0.0, 0.01])},
        ]
    return rng.choice(options)


def _lora(rng: Random) -> dict[str, Any]:
    inits = [True, False, "gaussian", "olora", "pissa", "pissa_niter_4", "orthogonal", "loftq", "eva", "corda"]
    options: list[dict[str, Any]] = [
        {"init_lora_weights": rng.choice(inits), "loftq_config": rng.choice([{}, {"loftq_bits": 4}])},
        {
            "init_lora_weights": "loftq",
            "loftq_config": {"loftq_bits": rng.choice([2, 4, 8]), "loftq_iter": rng.choice([0, 1])},
        },
        {
            "target_modules": rng.choice(["query", "all-linear", ["query"]]),
            "layers_to_transform": rng.choice([0, [0], None]),
        },
        {"layers_pattern": rng.choice(["layer", None]), "layers_to_transform": rng.choice([0, [0], None])},
        {"use_dora": rng.random() < 0.5, "lora_bias": rng.random() < 0.5},
        {"init_lora_weights": rng.choice(inits[:5]), "lora_bias": True},
        {"use_dora": True, "megatron_config": rng.choice([None, {"a": 1}])},
        {"use_rslora": True, "rank_pattern": {"query": 2}, "init_lora_weights": rng.choice(inits[:6])},
        {"fan_in_fan_out": rng.random() < 0.5, "use_rslora": rng.random() < 0.5},
        {"r": rng.choice([0, 1, 4]), "lora_alpha": rng.choice([0, 1, 16])},
        {"eva_config": rng.choice([None, {"rho": 1.0}, {"rho": 0.5}]), "init_lora_weights": rng.choice(["eva", True])},
        {"use_qalora": True, "qalora_group_size": rng.choice([0, 8, 16])},
        {"modules_to_save": rng.choice([["classifier"], None]), "bias": rng.choice(["none", "all", "lora_only"])},
    ]
    return rng.choice(options)


def _model(rng: Random) -> dict[str, Any]:
    options: list[dict[str, Any]] = [
        {"class_token_index": rng.choice([-1, 5, 100000]), "vocab_size": rng.choice([-1, 5, 64])},
        {
            "post_fusion_schema": rng.choice(["", "l2l", "l2l-t2t", "x2y"]),
            "num_post_fusion_layers": rng.choice([0, 1, 2]),
        },
        {"span_mode": rng.choice(["token_level", "markerV0"]), "represent_spans": rng.random() < 0.5},
        {"labels_encoder": LABELS_BACKBONE, "span_mode": rng.choice(["token_level", "markerV0", "markerV1"])},
        {"labels_decoder": DECODER, "decoder_mode": rng.choice(["prompt", "span", "words"])},
        {"relations_layer": rng.choice(["none", "biaffine", "dot"]), "triples_layer": rng.choice([None, "distmult"])},
        {"num_rnn_layers": rng.choice([0, 1, 2]), "hidden_size": rng.choice([63, 64, 128])},
        {"encoder_config": {"model_type": rng.choice(["bert", "deberta-v2", "banana"])}, "hidden_size": 64},
        {"span_encoder_config": {"model_type": rng.choice(["rnn", "bert", "modernbert"])}, "dropout": 0.1},
        {"max_width": rng.choice([1, 4]), "span_mode": rng.choice(["query", "mlp", "conv_max", "conv_share"])},
        {"dropout": rng.choice([0.0, 0.5, 1.0, 1.5]), "max_types": rng.choice([1, 10])},
    ]
    return rng.choice(options)
