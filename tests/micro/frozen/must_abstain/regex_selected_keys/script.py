import re

import yaml
from transformers import TrainingArguments


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    picked = {}
    for key in list(cfg):
        match = re.match(r"hf_(\w+)", key)
        if match:
            picked[match.group(1)] = cfg.pop(key)
    if cfg.keys() - {"comment"}:
        raise SystemExit(f"left over: {sorted(cfg)}")
    TrainingArguments(**picked)


if __name__ == "__main__":
    main()
