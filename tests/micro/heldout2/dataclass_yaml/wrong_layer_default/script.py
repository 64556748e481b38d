from dataclasses import dataclass

import yaml
from torch.optim import SGD, AdamW
from torch.optim.lr_scheduler import StepLR


@dataclass
class Optim:
    name: str = "adamw"
    lr: float = 0.001
    weight_decay: float = 0.0
    momentum: float = 0.9
    step_size: int = 10
    gamma: float = 0.1
    clip: float = 1.0

    @staticmethod
    def from_dict(d):
        return Optim(
            name=d.get("name", "adamw"),
            lr=d.get("lr", 0.01),
            weight_decay=d.get("wd", 0.0),
            momentum=d.get("momentum", 0.9),
            step_size=d.get("step_size", 30),
            clip=d.get("clip", 5.0),
        )


def make_optimizer(params, o):
    if o.name == "sgd":
        return SGD(params, lr=o.lr, momentum=o.momentum, weight_decay=o.weight_decay)
    elif o.name == "adamw":
        return AdamW(params, lr=o.lr, weight_decay=o.weight_decay)
    raise ValueError(f"unknown optimizer {o.name}")


def main():
    with open("config.yaml") as f:
        conf = yaml.safe_load(f)
    o = Optim.from_dict(conf["optimizer"])
    optimizer = make_optimizer([], o)
    scheduler = StepLR(optimizer, step_size=o.step_size, gamma=o.gamma)
    for epoch in range(conf["epochs"]):
        optimizer.step()
        scheduler.step()
        print(epoch)


if __name__ == "__main__":
    main()
