import logging
import sys

import yaml
from gliner import GLiNER

logger = logging.getLogger("gliner-train")

FIELDS = [
    # section, name, type, default, required
    ("run", "output_dir", str, None, True),
    ("run", "seed", int, 42, False),
    ("run", "tags", list, [], False),
    ("training", "num_steps", int, None, True),
    ("training", "batch_size", int, 8, False),
    ("training", "lr", float, 1e-5, False),
    ("training", "others_lr", float, 5e-5, False),
    ("training", "size_sup", int, -1, False),
    ("training", "shuffle_types", bool, True, False),
    ("lora", "enabled", bool, False, False),
]


def validate(cfg):
    errors = []
    for section, name, kind, default, required in FIELDS:
        values = cfg.setdefault(section, {})
        if name not in values:
            if required:
                errors.append(f"{section}.{name} is required")
            values[name] = default
        elif not isinstance(values[name], kind):
            errors.append(f"{section}.{name} must be {kind.__name__}")
    if errors:
        for e in errors:
            logger.error(e)
        sys.exit(1)
    return cfg


def train(cfg):
    run, t = cfg["run"], cfg["training"]
    model = GLiNER.from_pretrained(cfg["pretrained"])
    if cfg["lora"]["enabled"]:
        model.add_adapter("lora")
    model.train_model(
        train_dataset=[],
        eval_dataset=[],
        output_dir=run["output_dir"],
        max_steps=t["num_steps"],
        learning_rate=t["lr"],
        others_lr=t["others_lr"],
        per_device_train_batch_size=t["batch_size"],
        seed=run["seed"],
    )


def main():
    with open("config.yaml") as f:
        cfg = validate(yaml.safe_load(f))
    train(cfg)


if __name__ == "__main__":
    main()
