from functools import lru_cache

import yaml
from gliner.training import TrainingArguments


@lru_cache(maxsize=None)
def config():
    with open("config.yaml") as f:
        return yaml.safe_load(f)


def learning_rates():
    return {"learning_rate": config()["lr"], "others_lr": config()["lr"]}


def main():
    TrainingArguments(output_dir=config()["out"], **learning_rates(), negatives=config()["negatives"])


if __name__ == "__main__":
    main()
