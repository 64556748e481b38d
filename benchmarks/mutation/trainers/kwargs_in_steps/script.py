"""Fine-tuning from a JSON file; the arguments are gathered step by step."""

import json
import os
import sys

from peft import LoraConfig
from transformers import Trainer, TrainingArguments, set_seed


def read(path):
    with open(path, encoding="utf-8") as handle:
        return json.load(handle)


def training_arguments(config):
    train = config["train"]
    kwargs = {
        "output_dir": config["output_dir"],
        "learning_rate": train["learning_rate"],
        "weight_decay": train["weight_decay"],
        "per_device_train_batch_size": train["batch_size"],
        "seed": config["seed"],
    }
    if train["max_steps"] is not None:
        kwargs["max_steps"] = train["max_steps"]
    else:
        kwargs["num_train_epochs"] = train["epochs"]
    kwargs.update(
        warmup_steps=train.get("warmup_steps", 0),
        lr_scheduler_type=train.get("scheduler", "linear"),
    )
    kwargs["save_total_limit"] = config["keep"]
    return TrainingArguments(**kwargs)


def lora(config):
    section = config["lora"]
    options = {"r": section["r"], "lora_alpha": section["alpha"]}
    options["lora_dropout"] = section["dropout"]
    if section.get("targets") is not None:
        options["target_modules"] = section["targets"]
    return LoraConfig(**options)


def main(path="config.json"):
    config = read(path)
    set_seed(config["seed"])
    os.environ["WANDB_PROJECT"] = config["project"]
    adapter = lora(config)
    Trainer(model=adapter, args=training_arguments(config), train_dataset=[]).train()


if __name__ == "__main__":
    main(*sys.argv[1:])
