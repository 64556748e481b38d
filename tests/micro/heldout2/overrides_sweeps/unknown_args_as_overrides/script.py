import argparse
import os

import yaml
from gliner import GLiNER


def cast_like(value, like):
    if isinstance(like, bool):
        return value.lower() in ("1", "true", "yes")
    if like is None:
        return value
    return type(like)(value)


def apply_overrides(cfg, unknown):
    it = iter(unknown)
    for flag in it:
        key = flag.lstrip("-").replace("-", "_")
        if key not in cfg:
            raise SystemExit(f"unknown option {flag}")
        cfg[key] = cast_like(next(it), cfg[key])
    return cfg


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", default="config.yaml")
    parser.add_argument("--gpu", default="0")
    known, unknown = parser.parse_known_args()
    os.environ["CUDA_VISIBLE_DEVICES"] = known.gpu
    with open(known.config) as f:
        cfg = yaml.safe_load(f)
    cfg = apply_overrides(cfg, unknown)
    model = GLiNER.from_pretrained(cfg["base"])
    model.train_model(
        [],
        [],
        output_dir=cfg["output_dir"],
        learning_rate=cfg["lr"],
        others_lr=cfg["lr"] * cfg["lr_ratio"],
        max_steps=cfg["steps"],
        per_device_train_batch_size=cfg["batch"],
        bf16=cfg["bf16"],
    )


if __name__ == "__main__":
    main()
