import torch
import yaml


def build(params, spec):
    match spec:
        case {"type": "adamw", "lr": lr, **rest}:
            return torch.optim.AdamW(params, lr=lr, weight_decay=rest.get("decay", 0.0))
        case {"type": "sgd", "lr": lr, "momentum": momentum}:
            return torch.optim.SGD(params, lr=lr, momentum=momentum)
        case _:
            raise ValueError(f"optimizer {spec!r}")


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    build(torch.nn.Linear(2, 2).parameters(), cfg["optimizer"])


if __name__ == "__main__":
    main()
