import os

import yaml
from torch.optim import AdamW
from torch.utils.data import DataLoader
from transformers import TrainingArguments


def clamp(value, low, high):
    return max(low, min(high, value))


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    world = int(os.environ.get("WORLD_SIZE", 1))
    lr = cfg["lr"] * world**0.5
    AdamW([], lr=lr, betas=(cfg["beta1"], cfg["beta2"]), weight_decay=clamp(cfg["decay"], 0.0, 1.0))
    TrainingArguments(
        output_dir="o", learning_rate=lr, adam_beta1=cfg["beta1"], adam_beta2=cfg["beta1"], max_grad_norm=abs(cfg["clip"])
    )


if __name__ == "__main__":
    main()
