import yaml
from transformers import TrainingArguments

DEFAULTS = {"learning_rate": 5e-5, "warmup_steps": 0}


def main():
    with open("config.yaml") as handle:
        user = yaml.safe_load(handle)
    cfg = user | DEFAULTS
    TrainingArguments(
        output_dir=cfg["output_dir"],
        learning_rate=cfg["learning_rate"],
        warmup_steps=cfg["warmup_steps"],
        max_steps=cfg.get("max_steps", -1),
    )


main()
