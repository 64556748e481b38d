import copy
import sys

import yaml
from transformers import TrainingArguments

BASE = {"optim": {"lr": 5e-5, "wd": 0.0, "eps": 1e-8}, "io": {"out": "out", "keep": 2}}


def merge(base, extra):
    result = copy.deepcopy(base)
    for key, value in extra.items():
        if isinstance(value, dict) and isinstance(result.get(key), dict):
            result[key] = merge(result[key], value)
        else:
            result[key] = value
    return result


def main(paths):
    cfg = BASE
    for path in paths:
        with open(path) as f:
            cfg = merge(cfg, yaml.safe_load(f) or {})
    TrainingArguments(
        output_dir=cfg["io"]["out"],
        save_total_limit=cfg["io"]["keep"],
        learning_rate=cfg["optim"]["lr"],
        weight_decay=cfg["optim"]["wd"],
        adam_epsilon=cfg["optim"]["eps"],
    )


if __name__ == "__main__":
    main(sys.argv[1:] or ["config.yaml"])
