import argparse

import yaml
from transformers import TrainingArguments

PRESETS = {
    "tiny": {"per_device_train_batch_size": 2, "gradient_accumulation_steps": 1},
    "big": {"per_device_train_batch_size": 32, "gradient_accumulation_steps": 4},
}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("config")
    ns = p.parse_args()
    with open(ns.config) as fh:
        cfg = yaml.safe_load(fh)
    merged = dict(PRESETS[cfg["preset"]])
    merged.update(cfg.get("overrides") or {})
    TrainingArguments(output_dir=cfg["dir"], **merged)


if __name__ == "__main__":
    main()
