import argparse

import torch
from transformers import TrainingArguments


def run_train(ns):
    torch.manual_seed(ns.seed)
    TrainingArguments(
        output_dir=ns.output,
        num_train_epochs=ns.epochs,
        learning_rate=ns.lr,
        per_device_train_batch_size=ns.batch,
    )


def run_eval(ns):
    print("evaluating", ns.checkpoint)


def build():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=0)
    sub = parser.add_subparsers(required=True)
    train = sub.add_parser("train")
    train.add_argument("--output", default="o")
    train.add_argument("--epochs", type=float, default=1)
    train.add_argument("--lr", type=float, default=1e-4)
    train.add_argument("--batch", type=int, default=8)
    train.add_argument("--warmup", type=int, default=0)
    train.set_defaults(func=run_train)
    evaluate = sub.add_parser("eval")
    evaluate.add_argument("--checkpoint")
    evaluate.set_defaults(func=run_eval)
    return parser


def main():
    ns = build().parse_args()
    ns.func(ns)


if __name__ == "__main__":
    main()
