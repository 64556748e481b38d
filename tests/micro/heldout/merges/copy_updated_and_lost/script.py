import json

from transformers import TrainingArguments

BASE = {"learning_rate": 5e-5, "optim": "adamw_torch"}


def apply_overrides(base, overrides):
    merged = base.copy()
    merged.update(overrides)
    return merged


def main():
    cfg = json.load(open("config.json"))
    apply_overrides(BASE, cfg["training"])
    TrainingArguments(output_dir=cfg["output_dir"], **BASE)


if __name__ == "__main__":
    main()
