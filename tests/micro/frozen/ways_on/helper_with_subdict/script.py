import torch
import yaml
from transformers import get_linear_schedule_with_warmup


def make_optimizer(model, section):
    kind = section["name"].lower()
    if kind == "adamw":
        return torch.optim.AdamW(model.parameters(), lr=section["lr"], weight_decay=section["weight_decay"])
    return torch.optim.SGD(model.parameters(), lr=section["lr"], momentum=section.get("momentum", 0.9))


def make_schedule(optimizer, section, total):
    return get_linear_schedule_with_warmup(optimizer, int(total * section["warmup"]), total)


def main():
    config = yaml.safe_load(open("config.yaml"))
    model = torch.nn.Linear(8, 2)
    optimizer = make_optimizer(model, config["optimizer"])
    make_schedule(optimizer, config["optimizer"], config["total_steps"])


if __name__ == "__main__":
    main()
