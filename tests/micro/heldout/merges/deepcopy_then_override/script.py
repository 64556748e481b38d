import copy

import yaml
from transformers import TrainingArguments


def stage(cfg, name):
    local = copy.deepcopy(cfg)
    local["lr"] = cfg["stages"][name]["lr"]
    local["epochs"] = cfg["stages"][name].get("epochs", cfg["epochs"])
    return local


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    for name in ("warm", "full"):
        local = stage(cfg, name)
        TrainingArguments(
            output_dir=f"{cfg['out']}/{name}",
            learning_rate=local["lr"],
            num_train_epochs=local["epochs"],
            lr_scheduler_type=local["schedule"],
        )


main()
