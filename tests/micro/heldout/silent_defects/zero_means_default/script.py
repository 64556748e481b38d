import yaml
from transformers import TrainingArguments


def pick(value, default):
    return value if value else default


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    TrainingArguments(
        output_dir=cfg["out"],
        weight_decay=pick(cfg.get("weight_decay"), 0.01),
        warmup_steps=cfg.get("warmup", 0) or 500,
        dataloader_num_workers=pick(cfg.get("workers"), 4),
    )


if __name__ == "__main__":
    main()
