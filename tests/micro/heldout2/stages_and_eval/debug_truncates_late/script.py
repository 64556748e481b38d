import argparse
import logging
import random

import torch
import yaml
from datasets import load_dataset
from transformers import AutoModelForSequenceClassification, AutoTokenizer, Trainer, TrainingArguments

log = logging.getLogger(__name__)
VALID_SCHEDULES = ("linear", "cosine", "constant")


def check(cfg):
    assert 0 < cfg["lr"] < 1, "lr out of range"
    assert cfg["val_split"] < 1.0, "val_split is a fraction"
    if cfg["schedule"] not in VALID_SCHEDULES:
        log.warning("unknown schedule, falling back to linear")
        cfg["schedule"] = "linear"
    if cfg.get("label_smoothing", 0) > 0.5:
        raise ValueError("too much label smoothing")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--debug", action="store_true")
    opts = parser.parse_args()
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    check(cfg)
    if opts.debug:
        cfg["epochs"] = 1
        cfg["dataset"] += "-tiny"
    random.seed(cfg["seed"])
    torch.manual_seed(cfg["seed"])

    data = load_dataset(cfg["dataset"], split="train")
    tokenizer = AutoTokenizer.from_pretrained(cfg["model"])
    encoded = tokenizer(data["text"], truncation=True, max_length=cfg["max_length"])
    model = AutoModelForSequenceClassification.from_pretrained(cfg["model"])
    args = TrainingArguments(
        output_dir=f"runs/{cfg['tag']}",
        learning_rate=cfg["lr"],
        lr_scheduler_type=cfg["schedule"],
        num_train_epochs=cfg["epochs"],
        per_device_train_batch_size=cfg["batch_size"] if not opts.debug else 2,
        seed=1234,
    )
    Trainer(model, args, train_dataset=encoded).train()


if __name__ == "__main__":
    main()
