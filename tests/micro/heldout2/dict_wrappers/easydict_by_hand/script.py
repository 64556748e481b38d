import torch
import yaml
from torch.optim import SGD
from torch.optim.lr_scheduler import StepLR
from torch.utils.data import DataLoader
from transformers import AutoModel


class EasyDict(dict):
    """Attribute access for dicts."""

    def __init__(self, d=None):
        super().__init__()
        for k, v in (d or {}).items():
            self[k] = EasyDict(v) if isinstance(v, dict) else v

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name)

    def __setattr__(self, name, value):
        self[name] = value


def get_cfg(path="config.yaml"):
    with open(path) as f:
        return EasyDict(yaml.safe_load(f))


def main():
    cfg = get_cfg()
    torch.manual_seed(cfg.seed)
    model = AutoModel.from_pretrained(cfg.model.backbone)
    loader = DataLoader([], batch_size=cfg.data.batch_size, shuffle=cfg.data.shuffle)
    optimizer = SGD(model.parameters(), lr=cfg.optim.lr, momentum=cfg.optim.momentum, weight_decay=cfg.optim.wd)
    scheduler = StepLR(optimizer, cfg.sched.step, cfg.sched.gamma)
    if cfg.get("clip") is None:
        cfg.clip = 1.0
    for epoch in range(cfg.epochs):
        optimizer.zero_grad()
        for batch in loader:
            model(batch).backward()
            optimizer.step()
        torch.nn.utils.clip_grad_norm_(model.parameters(), cfg.clip)
        scheduler.step()


if __name__ == "__main__":
    main()
