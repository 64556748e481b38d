from dataclasses import dataclass, field, replace

import torch
import yaml


@dataclass(frozen=True)
class Optim:
    lr: float = 1e-3
    betas: tuple = (0.9, 0.999)
    weight_decay: float = 0.0


@dataclass(frozen=True)
class Config:
    optim: Optim = field(default_factory=Optim)
    seed: int = 0
    tags: list = field(default_factory=list)


def load(path):
    with open(path) as fh:
        raw = yaml.safe_load(fh)
    return Config(optim=Optim(**raw.get("optim", {})), seed=raw["seed"], tags=raw["tags"])


def main():
    cfg = load("config.yaml")
    if cfg.seed < 0:
        cfg = replace(cfg, seed=0)
    cfg = replace(cfg, optim=replace(cfg.optim, weight_decay=0.1))
    torch.manual_seed(cfg.seed)
    torch.optim.AdamW([], lr=cfg.optim.lr, betas=cfg.optim.betas, weight_decay=cfg.optim.weight_decay)


main()
