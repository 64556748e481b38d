import os
import sys

import yaml
from transformers import TrainingArguments


def load(path):
    with open(path) as f:
        cfg = yaml.load(f, Loader=yaml.SafeLoader)
    parent = cfg.pop("inherits", None)
    if parent:
        merged = load(os.path.join(os.path.dirname(path), parent))
        merged.update(cfg)
        return merged
    return cfg


def main():
    cfg = load(sys.argv[1] if len(sys.argv) > 1 else "config.yaml")
    TrainingArguments(output_dir=cfg["out"], learning_rate=cfg["lr"], seed=cfg["seed"])


if __name__ == "__main__":
    main()
