import argparse

from transformers import TrainingArguments


def common_parser():
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--output-dir", default="out")
    common.add_argument("--seed", type=int, default=42)
    common.add_argument("--cache-dir", default=None)
    return common


def main():
    parser = argparse.ArgumentParser(parents=[common_parser()])
    parser.add_argument("--lr", dest="learning_rate", type=float, default=1e-4)
    args = parser.parse_args()
    TrainingArguments(output_dir=args.output_dir, seed=args.seed, learning_rate=args.learning_rate)


if __name__ == "__main__":
    main()
