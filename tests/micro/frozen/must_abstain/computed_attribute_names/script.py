from types import SimpleNamespace

import yaml
from transformers import TrainingArguments


def main():
    with open("config.yaml") as f:
        cfg = SimpleNamespace(**yaml.safe_load(f))
    stage = cfg.stage
    TrainingArguments(
        output_dir="out",
        learning_rate=getattr(cfg, f"{stage}_lr"),
        max_steps=getattr(cfg, stage + "_steps"),
    )


if __name__ == "__main__":
    main()
