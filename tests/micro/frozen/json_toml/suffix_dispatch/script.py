import json
import sys
from pathlib import Path

import tomllib
import yaml
from transformers import TrainingArguments

LOADERS = {".json": json.loads, ".toml": tomllib.loads, ".yaml": yaml.safe_load, ".yml": yaml.safe_load}


def load(path):
    path = Path(path)
    return LOADERS[path.suffix](path.read_text(encoding="utf-8"))


def main():
    cfg = load(sys.argv[1])
    TrainingArguments(output_dir=cfg["output_dir"], learning_rate=cfg["lr"], fp16=cfg["half"], seed=cfg["seed"])


if __name__ == "__main__":
    main()
