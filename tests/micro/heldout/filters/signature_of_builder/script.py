import inspect

import yaml
from transformers import TrainingArguments


def make_args(output_dir, learning_rate=5e-5, seed=42, weight_decay=0.0):
    return TrainingArguments(
        output_dir=output_dir, learning_rate=learning_rate, seed=seed, weight_decay=weight_decay
    )


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    accepted = set(inspect.signature(make_args).parameters)
    make_args(**{k: v for k, v in cfg.items() if k in accepted})


if __name__ == "__main__":
    main()
