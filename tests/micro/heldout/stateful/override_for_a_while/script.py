from contextlib import contextmanager

import yaml
from transformers import TrainingArguments


@contextmanager
def override(cfg, **values):
    before = {k: cfg[k] for k in values}
    cfg.update(values)
    try:
        yield cfg
    finally:
        cfg.update(before)


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    with override(cfg, lr=1e-3):
        TrainingArguments(output_dir="probe", learning_rate=cfg["lr"], max_steps=1)
    TrainingArguments(output_dir=cfg["out"], learning_rate=cfg["lr"], max_steps=cfg["steps"])


main()
