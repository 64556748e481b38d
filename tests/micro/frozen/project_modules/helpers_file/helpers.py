import os

import yaml


def read_config(path=None):
    path = path or os.path.join(os.path.dirname(__file__), "config.yaml")
    with open(path) as f:
        return yaml.safe_load(f)


def model_section(cfg):
    keep = ("model_name", "max_width", "hidden_size")
    return {name: cfg[name] for name in keep}


def train_kwargs(cfg, out):
    return dict(
        output_dir=out,
        learning_rate=float(cfg["lr_encoder"]),
        others_lr=float(cfg["lr_others"]),
        max_steps=cfg["num_steps"],
    )
