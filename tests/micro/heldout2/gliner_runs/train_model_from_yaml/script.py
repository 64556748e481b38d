import argparse
import json
import os
import random

import torch
import yaml
from gliner import GLiNER


def read_json(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as f:
        return json.load(f)


def split(data, ratio, seed):
    random.Random(seed).shuffle(data)
    n = int(len(data) * ratio)
    return data[:n], data[n:]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", default="config.yaml")
    args = parser.parse_args()
    with open(args.config) as f:
        cfg = yaml.safe_load(f)

    torch.manual_seed(cfg["seed"])
    train_data, eval_data = split(read_json("data.json"), 0.9, 42)
    model = GLiNER.from_pretrained(cfg["model"]["name"], max_length=cfg["model"].get("max_len", 384))
    tc = cfg["training"]
    trainer = model.train_model(
        train_dataset=train_data,
        eval_dataset=eval_data,
        output_dir=cfg["output_dir"],
        max_steps=tc["num_steps"],
        lr_scheduler_type=tc["scheduler_type"],
        warmup_ratio=tc["warmup_ratio"],
        per_device_train_batch_size=tc["batch_size"],
        per_device_eval_batch_size=tc["batch_size"],
        learning_rate=float(tc["lr_encoder"]),
        others_lr=float(tc["lr_encoder"]),
        weight_decay=float(tc["weight_decay"]),
        others_weight_decay=float(tc["weight_decay"]),
        max_grad_norm=float(tc["max_grad_norm"]),
        focal_loss_alpha=float(tc.get("loss_alpha", -1)),
        focal_loss_gamma=float(tc.get("loss_gamma", 0)),
        save_steps=tc["eval_every"],
        logging_steps=tc["eval_every"],
        save_total_limit=3,
        bf16=True,
    )
    trainer.save_model(os.path.join(cfg["output_dir"], "final"))


if __name__ == "__main__":
    main()
