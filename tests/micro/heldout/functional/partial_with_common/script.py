from functools import partial

import yaml
from transformers import TrainingArguments


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    common = {"seed": cfg["seed"], "report_to": "none", "logging_steps": cfg["log_every"]}
    make = partial(TrainingArguments, **common)
    for stage in ("warm", "main"):
        make(output_dir=stage, learning_rate=cfg[stage]["lr"], logging_steps=10)


if __name__ == "__main__":
    main()
