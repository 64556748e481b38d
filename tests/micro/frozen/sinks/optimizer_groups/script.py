import torch
import yaml
from gliner import GLiNER
from torch.optim.lr_scheduler import OneCycleLR


def parameter_groups(model, cfg):
    encoder, rest = [], []
    for name, parameter in model.named_parameters():
        (encoder if "encoder" in name else rest).append(parameter)
    return [
        {"params": encoder, "lr": cfg["lr_encoder"], "weight_decay": cfg["wd_encoder"]},
        {"params": rest, "lr": cfg["lr_others"]},
    ]


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    model = GLiNER.from_pretrained(cfg["model"])
    optimizer = torch.optim.AdamW(parameter_groups(model, cfg), eps=cfg["eps"])
    OneCycleLR(optimizer, max_lr=[cfg["lr_encoder"], cfg["lr_others"]], total_steps=cfg["steps"])


if __name__ == "__main__":
    main()
