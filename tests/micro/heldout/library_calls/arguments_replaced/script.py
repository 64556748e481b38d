import dataclasses

import yaml
from transformers import TrainingArguments


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    args = TrainingArguments(output_dir=cfg["out"], learning_rate=cfg["lr"], max_steps=cfg["steps"])
    for stage in cfg["stages"]:
        dataclasses.replace(args, output_dir=cfg["out"] + "/" + stage["name"], learning_rate=stage["lr"])


main()
