from typing import TypedDict, cast

import yaml
from transformers import TrainingArguments


class Train(TypedDict, total=False):
    lr: float
    steps: int
    warmup: int


class Config(TypedDict):
    out: str
    train: Train


def main() -> None:
    with open("config.yaml") as f:
        cfg = cast(Config, yaml.safe_load(f))
    train: Train = cfg["train"]
    TrainingArguments(
        output_dir=cfg["out"],
        learning_rate=train["lr"],
        max_steps=train.get("steps", -1),
        warmup_steps=train.get("warm_up", 0),
    )


if __name__ == "__main__":
    main()
