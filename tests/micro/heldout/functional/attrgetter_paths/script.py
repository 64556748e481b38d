import json
from operator import attrgetter
from types import SimpleNamespace

from torch.optim import AdamW


def main():
    with open("config.json") as f:
        cfg = json.load(f, object_hook=lambda d: SimpleNamespace(**d))
    lr, decay, eps = attrgetter("optim.lr", "optim.decay", "optim.eps")(cfg)
    AdamW([], lr=lr, weight_decay=eps, eps=decay)


main()
