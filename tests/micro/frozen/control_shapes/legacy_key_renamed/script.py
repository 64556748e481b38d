import warnings

import yaml
from transformers import TrainingArguments

RENAMED = {"evaluation_strategy": "eval_strategy", "lr": "learning_rate", "bs": "per_device_train_batch_size"}


def modernise(section):
    for old, new in RENAMED.items():
        if old in section:
            warnings.warn(f"{old} is now {new}")
            section.setdefault(new, section.pop(old))
    return section


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    TrainingArguments(**modernise(cfg["trainer"]))


if __name__ == "__main__":
    main()
