import argparse
import math

import torch
from torch.optim import SGD, Adam, AdamW
from torch.optim.lr_scheduler import CosineAnnealingLR, OneCycleLR, StepLR
from torch.utils.data import DataLoader
from transformers import AutoModel

OPTIMIZERS = {"adam": Adam, "adamw": AdamW, "sgd": SGD}


def get_optimizer(name, model, lr, wd, momentum=0.9):
    cls = OPTIMIZERS[name.lower()]
    kwargs = {"lr": lr, "weight_decay": wd}
    if cls is SGD:
        kwargs["momentum"] = momentum
    return cls(model.parameters(), **kwargs)


def get_scheduler(args, optimizer, steps_per_epoch):
    if args.scheduler == "step":
        return StepLR(optimizer, step_size=args.step_size, gamma=args.gamma)
    if args.scheduler == "cosine":
        return CosineAnnealingLR(optimizer, T_max=args.epochs)
    if args.scheduler == "onecycle":
        return OneCycleLR(optimizer, max_lr=args.lr, total_steps=steps_per_epoch * args.epochs)
    raise ValueError(args.scheduler)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--arch", default="bert")
    parser.add_argument("--optimizer", default="adamw", choices=list(OPTIMIZERS))
    parser.add_argument("--scheduler", default="cosine")
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("--wd", type=float, default=1e-2)
    parser.add_argument("--momentum", type=float, default=0.9)
    parser.add_argument("--step-size", type=int, default=30)
    parser.add_argument("--gamma", type=float, default=0.1)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--warmup-epochs", type=int, default=5)
    args = parser.parse_args()

    model = AutoModel.from_pretrained(args.arch)
    loader = DataLoader([], batch_size=args.batch_size)
    optimizer = get_optimizer(args.optimizer, model, args.lr, args.wd)
    scheduler = get_scheduler(args, optimizer, len(loader))
    best = math.inf
    for epoch in range(args.epochs):
        optimizer.zero_grad()
        for batch in loader:
            loss = model(batch)
            loss.backward()
            optimizer.step()
        scheduler.step()
    torch.save({"best": best}, "last.pt")


if __name__ == "__main__":
    main()
