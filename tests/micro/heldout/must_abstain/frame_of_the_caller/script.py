import inspect

import yaml
from transformers import TrainingArguments


def collect(*names):
    caller = inspect.currentframe().f_back.f_locals
    return {name: caller[name] for name in names}


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    output_dir, learning_rate, seed = cfg["out"], cfg["lr"], cfg["seed"]
    TrainingArguments(**collect("output_dir", "learning_rate"))


main()
