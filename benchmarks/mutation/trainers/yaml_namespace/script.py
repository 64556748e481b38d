"""Fine-tune a GLiNER model from one YAML file."""

import argparse
import json
import os
from types import SimpleNamespace

import torch
import yaml
from gliner import GLiNER


def load_config(path):
    with open(path, encoding="utf-8") as handle:
        return to_namespace(yaml.safe_load(handle))


def to_namespace(node):
    if isinstance(node, dict):
        return SimpleNamespace(**{name: to_namespace(value) for name, value in node.items()})
    return node


def load_spans(path):
    with open(path, encoding="utf-8") as handle:
        return json.load(handle)


def build_model(model_cfg, training_cfg):
    if training_cfg.prev_path is not None:
        return GLiNER.from_pretrained(training_cfg.prev_path)
    return GLiNER.from_config(vars(model_cfg))


def main(cfg):
    device = "cuda:0" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(cfg.run.seed)
    os.makedirs(cfg.data.root_dir, exist_ok=True)
    model = build_model(cfg.model, cfg.training).to(device)
    train = load_spans(cfg.data.train_data)
    held_out = load_spans(cfg.data.val_data)
    model.train_model(
        train_dataset=train,
        eval_dataset=held_out,
        output_dir=cfg.data.root_dir,
        seed=cfg.run.seed,
        learning_rate=float(cfg.training.lr_encoder),
        others_lr=float(cfg.training.lr_others),
        weight_decay=float(cfg.training.weight_decay_encoder),
        others_weight_decay=float(cfg.training.weight_decay_other),
        max_grad_norm=float(cfg.training.max_grad_norm),
        lr_scheduler_type=cfg.training.scheduler_type,
        warmup_ratio=float(cfg.training.warmup_ratio),
        per_device_train_batch_size=cfg.training.train_batch_size,
        per_device_eval_batch_size=cfg.training.train_batch_size,
        focal_loss_alpha=float(cfg.training.loss_alpha),
        focal_loss_gamma=float(cfg.training.loss_gamma),
        loss_reduction=cfg.training.loss_reduction,
        negatives=float(cfg.training.negatives),
        masking=cfg.training.masking,
        max_steps=cfg.training.num_steps,
        eval_strategy="steps",
        eval_steps=cfg.training.eval_every,
        save_steps=cfg.training.eval_every,
        logging_steps=cfg.training.eval_every,
        save_total_limit=cfg.training.save_total_limit,
        bf16=cfg.training.bf16,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", type=str, default="config.yaml")
    main(load_config(parser.parse_args().config))
