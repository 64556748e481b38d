import functools
import json
import sys
from pathlib import Path

from transformers import TrainingArguments


def deep(a, b):
    out = dict(a)
    for k, v in b.items():
        out[k] = deep(out[k], v) if isinstance(v, dict) and isinstance(out.get(k), dict) else v
    return out


def main(paths):
    docs = [json.loads(Path(p).read_text()) for p in paths]
    cfg = functools.reduce(deep, docs, {})
    train = cfg["train"]
    TrainingArguments(
        output_dir=cfg["out"],
        learning_rate=train["lr"],
        per_device_train_batch_size=train["bs"],
        seed=cfg["seed"],
    )


if __name__ == "__main__":
    main(sys.argv[1:])
