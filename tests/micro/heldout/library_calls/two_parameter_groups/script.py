import torch
import yaml
from torch.optim import AdamW
from torch.optim.lr_scheduler import CosineAnnealingLR


def main():
    with open("config.yaml") as f:
        o = yaml.safe_load(f)["optimizer"]
    model = torch.nn.Module()
    groups = [
        {"params": model.body.parameters(), "lr": o["body_lr"]},
        {"params": model.head.parameters(), "lr": o["head_lr"], "weight_decay": 0.0},
    ]
    optimizer = AdamW(groups, lr=o["body_lr"], eps=float(o["eps"]))
    CosineAnnealingLR(optimizer, T_max=o["t_max"], eta_min=o.get("min_lr", 0.0))


if __name__ == "__main__":
    main()
