import argparse

import yaml
from transformers import TrainingArguments


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", required=True)
    parser.add_argument("--learning_rate", type=float)
    parser.add_argument("--max_steps", type=int)
    parser.add_argument("--output_dir", default=None)
    return parser.parse_args()


def main():
    args = parse()
    with open(args.config) as f:
        cfg = yaml.safe_load(f)
    for key, value in cfg.items():
        if getattr(args, key, None) is None:
            setattr(args, key, value)
    TrainingArguments(
        output_dir=args.output_dir,
        learning_rate=args.learning_rate,
        max_steps=args.max_steps,
    )


if __name__ == "__main__":
    main()
