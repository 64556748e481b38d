import math

import yaml
from transformers import TrainingArguments


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    per_step = cfg["micro_batch"] * cfg["accumulation"]
    per_epoch = math.ceil(cfg["examples"] / per_step)
    total = per_epoch * cfg["epochs"]
    TrainingArguments(
        output_dir="o",
        max_steps=total,
        warmup_steps=round(total * cfg["warmup_ratio"]),
        per_device_train_batch_size=cfg["micro_batch"],
        gradient_accumulation_steps=cfg["accumulation"],
    )


main()
