"""A trainer of the kind that grows around GLiNER: it looks fine, and drops half of what its config says."""

import argparse
import json

import yaml
from gliner import GLiNER


def main(path: str) -> None:
    with open(path) as file:
        cfg = yaml.safe_load(file)
    data, training = cfg["data"], cfg["training"]
    model = GLiNER.from_config(cfg["model"])
    with open(data["train_data"]) as file:
        examples = json.load(file)
    model.train_model(
        examples,
        None,
        output_dir="models",
        max_steps=training["max_steps"],
        per_device_train_batch_size=training["train_batch_size"],
        learning_rate=float(training["lr_encoder"]),
        others_lr=float(training["lr_others"]),
        weight_decay=training.get("weight_decay_encoder") or 0.01,
        others_weight_decay=training["weight_decay_other"],
        lr_scheduler_type=training.get("scheduler_type", "cosine"),
        warmup_ratio=training["warmup_ratio"],
        focal_loss_alpha=training["loss_alpha"],
        focal_loss_gamma=training["loss_gamma"],
        masking=training["masking"],
        bf16=True,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", default="config.yaml")
    main(parser.parse_args().config)
