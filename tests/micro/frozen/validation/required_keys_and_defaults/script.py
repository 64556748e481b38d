import yaml
from transformers import TrainingArguments

REQUIRED = ("output", "lr")
DEFAULTS = {"epochs": 3, "scheduler": "cosine", "seed": 42}


def load(path):
    with open(path) as f:
        cfg = yaml.safe_load(f)
    missing = [key for key in REQUIRED if key not in cfg]
    if missing:
        raise KeyError(f"missing: {missing}")
    for key, value in DEFAULTS.items():
        cfg.setdefault(key, value)
    return cfg


def main():
    cfg = load("config.yaml")
    TrainingArguments(
        output_dir=cfg["output"],
        learning_rate=cfg["lr"],
        num_train_epochs=cfg.get("epochs", 10),
        lr_scheduler_type=cfg.get("scheduler", "linear"),
    )


if __name__ == "__main__":
    main()
