"""Poor man's hydra: the file lists other files under `defaults`, later ones win, the file itself last."""
import os

import yaml
from omegaconf import OmegaConf
from torch.optim import SGD, AdamW
from torch.optim.lr_scheduler import ExponentialLR
from transformers import AutoModel


def load(path):
    with open(path) as f:
        raw = yaml.safe_load(f)
    merged = OmegaConf.create({})
    for part in raw.pop("defaults", []):
        merged = OmegaConf.merge(merged, OmegaConf.load(os.path.join(os.path.dirname(path), f"{part}.yaml")))
    return OmegaConf.merge(merged, OmegaConf.create(raw))


OPTIMIZERS = {"adamw": AdamW, "sgd": SGD}


def main():
    cfg = load("config.yaml")
    model = AutoModel.from_pretrained(cfg.model)
    optimizer_cls = OPTIMIZERS[cfg.optimizer.name]
    optimizer = optimizer_cls(model.parameters(), lr=cfg.optimizer.lr, weight_decay=cfg.optimizer.weight_decay)
    scheduler = ExponentialLR(optimizer, gamma=cfg.scheduler.gamma)
    for _ in range(cfg.epochs):
        optimizer.step()
        scheduler.step()
    model.save_pretrained(cfg.save_to)


if __name__ == "__main__":
    main()
