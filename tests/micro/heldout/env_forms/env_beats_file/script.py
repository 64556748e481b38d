import os

import yaml
from transformers import TrainingArguments


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    TrainingArguments(
        output_dir=os.getenv("OUTPUT_DIR", cfg["output_dir"]),
        learning_rate=float(os.environ.get("LR") or cfg["lr"]),
        seed=int(os.environ["SEED"]) if "SEED" in os.environ else cfg["seed"],
    )


if __name__ == "__main__":
    main()
