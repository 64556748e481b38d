import os

import yaml
from transformers import TrainingArguments


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    for name, value in cfg["env"].items():
        os.environ[name] = str(value)
    TrainingArguments(output_dir=cfg["out"], **{f"adam_{k}": v for k, v in cfg["adam"].items()})


if __name__ == "__main__":
    main()
