import os
from collections import ChainMap

import yaml
from gliner.training import TrainingArguments


def main():
    with open("config.yaml") as f:
        file_cfg = yaml.safe_load(f)
    env = {k[6:].lower(): v for k, v in os.environ.items() if k.startswith("TRAIN_")}
    settings = ChainMap(env, file_cfg, {"weight_decay": 0.01, "seed": 0})
    TrainingArguments(
        output_dir=settings["output_dir"],
        learning_rate=float(settings["lr"]),
        others_lr=float(settings["lr_others"]),
        weight_decay=settings["weight_decay"],
    )


main()
