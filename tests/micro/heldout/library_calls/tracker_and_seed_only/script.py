import random

import torch
import wandb
import yaml
from transformers import TrainingArguments


def set_seed(seed):
    random.seed(seed)
    torch.manual_seed(seed)


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    set_seed(cfg["seed"])
    wandb.init(project=cfg["wandb"]["project"], name=cfg["wandb"]["name"], config=cfg)
    TrainingArguments(output_dir=cfg["out"], report_to=["wandb"], learning_rate=cfg["lr"])


if __name__ == "__main__":
    main()
