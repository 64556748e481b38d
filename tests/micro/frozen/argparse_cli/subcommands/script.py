import argparse

from transformers import TrainingArguments


def train(args):
    TrainingArguments(output_dir=args.out, learning_rate=args.lr, max_steps=args.steps)


def evaluate(args):
    print("evaluating", args.checkpoint, "with", args.batch)


def main():
    parser = argparse.ArgumentParser()
    sub = parser.add_subparsers(dest="command", required=True)
    t = sub.add_parser("train")
    t.add_argument("--out", default="out")
    t.add_argument("--lr", type=float, default=1e-5)
    t.add_argument("--steps", type=int, default=100)
    t.add_argument("--clip", type=float, default=1.0)
    t.set_defaults(func=train)
    e = sub.add_parser("evaluate")
    e.add_argument("--checkpoint", default="out")
    e.add_argument("--batch", type=int, default=8)
    e.set_defaults(func=evaluate)
    args = parser.parse_args()
    args.func(args)


if __name__ == "__main__":
    main()
