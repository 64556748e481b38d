import argparse
from dataclasses import dataclass

from peft import LoraConfig
from transformers import TrainingArguments


@dataclass
class Run:
    out: str
    rank: int
    alpha: int
    dropout: float
    epochs: int


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", default="o")
    parser.add_argument("--rank", type=int, default=8)
    parser.add_argument("--alpha", type=int, default=16)
    parser.add_argument("--dropout", type=float, default=0.0)
    parser.add_argument("--epochs", type=int, default=1)
    run = Run(**vars(parser.parse_args()))
    LoraConfig(r=run.alpha, lora_alpha=run.rank)
    TrainingArguments(output_dir=run.out, num_train_epochs=run.epochs)


if __name__ == "__main__":
    main()
