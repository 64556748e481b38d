import random

import torch
import yaml
from gliner import GLiNER


def seed_everything(seed):
    random.seed(seed)
    torch.manual_seed(seed)
    torch.cuda.manual_seed_all(seed)


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    if not isinstance(cfg["seed"], int):
        raise TypeError("seed must be an integer")
    seed_everything(cfg["seed"])
    GLiNER.from_pretrained(cfg["model"]).train_model([], [], output_dir="out", max_steps=cfg["steps"])


if __name__ == "__main__":
    main()
