import yaml
from torch.optim import SGD, AdamW


def build(section):
    match section:
        case {"name": "adamw", "lr": float(lr), "decay": decay}:
            return AdamW([], lr=lr, weight_decay=decay)
        case {"name": "sgd", "lr": lr, **rest}:
            return SGD([], lr=lr, momentum=rest.get("momentum", 0.0))
        case other:
            raise ValueError(f"unknown optimizer {other}")


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    build(cfg["first"])
    build(cfg["second"])


main()
