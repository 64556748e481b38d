import torch
import yaml

OPTIMIZERS = {
    "adamw": torch.optim.AdamW,
    "adam": torch.optim.Adam,
    "sgd": lambda params, lr, weight_decay: torch.optim.SGD(params, lr=lr, momentum=0.9, weight_decay=weight_decay),
}


def main():
    with open("config.yaml") as f:
        opt = yaml.safe_load(f)["optim"]
    params = torch.nn.Linear(4, 4).parameters()
    optimizer = OPTIMIZERS[opt["kind"]](params, lr=opt["lr"], weight_decay=opt["decay"])
    optimizer.zero_grad()


if __name__ == "__main__":
    main()
