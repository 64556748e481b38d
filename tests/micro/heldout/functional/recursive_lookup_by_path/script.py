from functools import reduce
from operator import getitem

import yaml
from torch.optim import AdamW
from torch.optim.lr_scheduler import OneCycleLR


def at(tree, path, default=None):
    try:
        return reduce(getitem, path.split("/"), tree)
    except (KeyError, TypeError):
        return default


def main():
    with open("config.yaml") as f:
        tree = yaml.safe_load(f)
    optimizer = AdamW([], lr=at(tree, "optim/lr", 1e-3), weight_decay=at(tree, "optim/decay", 0.0))
    OneCycleLR(optimizer, max_lr=at(tree, "optim/lr"), total_steps=at(tree, "schedule/total", 100))


if __name__ == "__main__":
    main()
