import argparse

from peft import LoraConfig
from transformers import TrainingArguments

UNITS = {"k": 1_000, "m": 1_000_000}


def count(text):
    text = text.lower()
    return int(float(text[:-1]) * UNITS[text[-1]]) if text[-1] in UNITS else int(text)


def names(text):
    return [part for part in text.split(",") if part]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=count, default=1000)
    parser.add_argument("--modules", type=names, default=["q", "v"])
    parser.add_argument("--skip", type=names, default=[])
    args = parser.parse_args()
    LoraConfig(target_modules=args.modules)
    TrainingArguments(output_dir="o", max_steps=args.steps, save_steps=args.steps // 10)


main()
