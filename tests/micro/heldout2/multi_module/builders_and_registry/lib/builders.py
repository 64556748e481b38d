import torch.optim as optim
from torch.optim import lr_scheduler


def build_optimizer(model, cfg):
    kwargs = dict(cfg)
    name = kwargs.pop("type")
    return getattr(optim, name)(model.parameters(), **kwargs)


def build_scheduler(optimizer, cfg):
    cls = getattr(lr_scheduler, cfg["type"])
    return cls(optimizer, **cfg.get("params", {}))
