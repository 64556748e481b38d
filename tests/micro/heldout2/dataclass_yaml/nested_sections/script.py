from dataclasses import dataclass, field

import torch
import yaml
from torch.optim import AdamW
from torch.optim.lr_scheduler import CosineAnnealingLR
from torch.utils.data import DataLoader
from transformers import AutoModel


@dataclass
class ModelConfig:
    name: str = "bert-base-uncased"
    hidden_dropout: float = 0.1
    freeze_layers: int = 0


@dataclass
class OptimConfig:
    lr: float = 1e-4
    weight_decay: float = 0.01
    beta1: float = 0.9
    beta2: float = 0.999
    min_lr: float = 0.0


@dataclass
class DataConfig:
    train_path: str = "train.csv"
    batch_size: int = 32
    num_workers: int = 2


@dataclass
class Config:
    model: ModelConfig = field(default_factory=ModelConfig)
    optim: OptimConfig = field(default_factory=OptimConfig)
    data: DataConfig = field(default_factory=DataConfig)
    epochs: int = 5
    seed: int = 0

    @classmethod
    def load(cls, path):
        with open(path) as fh:
            raw = yaml.safe_load(fh) or {}
        return cls(
            model=ModelConfig(**raw.get("model", {})),
            optim=OptimConfig(**raw.get("optim", {})),
            data=DataConfig(**raw.get("data", {})),
            epochs=raw.get("epochs", 5),
            seed=raw.get("seed", 0),
        )


def freeze(model, n):
    for layer in list(model.encoder.layer)[:n]:
        for p in layer.parameters():
            p.requires_grad = False


def main():
    cfg = Config.load("config.yaml")
    torch.manual_seed(cfg.seed)
    model = AutoModel.from_pretrained(cfg.model.name)
    loader = DataLoader([], batch_size=cfg.data.batch_size, num_workers=cfg.data.num_workers)
    optimizer = AdamW(
        model.parameters(),
        lr=cfg.optim.lr,
        betas=(cfg.optim.beta1, cfg.optim.beta2),
        weight_decay=cfg.optim.weight_decay,
    )
    scheduler = CosineAnnealingLR(optimizer, T_max=cfg.epochs, eta_min=cfg.optim.min_lr)
    for epoch in range(cfg.epochs):
        for batch in loader:
            loss = model(batch).loss
            loss.backward()
            optimizer.step()
        scheduler.step()
    model.save_pretrained("final")


if __name__ == "__main__":
    main()
