import json
from contextlib import suppress

from transformers import TrainingArguments


def main():
    with open("config.json") as f:
        cfg = json.load(f)
    try:
        lr = cfg["learning_rate"]
    except KeyError:
        lr = cfg["lr"]
    kwargs = {}
    with suppress(KeyError):
        kwargs["max_steps"] = cfg["limits"]["steps"]
    with suppress(KeyError):
        kwargs["warmup_steps"] = cfg["limit"]["warmup"]
    TrainingArguments(output_dir="o", learning_rate=lr, **kwargs)


main()
