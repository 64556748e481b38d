import argparse

import yaml
from transformers import TrainingArguments


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", default="config.yaml")
    parser.add_argument("--lr", type=float)
    parser.add_argument("--seed", type=int)
    args = parser.parse_args()
    with open(args.config) as f:
        cfg = yaml.safe_load(f)
    if args.lr is not None:
        cfg["lr"] = args.lr
    for name in ("seed",):
        value = getattr(args, name)
        if value is not None:
            cfg[name] = value
    TrainingArguments(output_dir=cfg["output_dir"], learning_rate=cfg["lr"], seed=cfg["seed"])


if __name__ == "__main__":
    main()
