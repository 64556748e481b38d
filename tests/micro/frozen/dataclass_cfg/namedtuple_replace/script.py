import os
from typing import NamedTuple

from transformers import TrainingArguments


class Hyper(NamedTuple):
    lr: float = 3e-5
    epochs: int = 3
    accum: int = 4
    label_smoothing: float = 0.1
    warmup: float = 0.06


def arguments(h: Hyper, where: str) -> TrainingArguments:
    return TrainingArguments(
        output_dir=where,
        learning_rate=h.lr,
        num_train_epochs=h.epochs,
        gradient_accumulation_steps=h.accum,
        label_smoothing_factor=h.label_smoothing,
        warmup_ratio=h.warmup,
    )


def main():
    base = Hyper()
    debug = base._replace(epochs=1) if os.environ.get("DEBUG") else base
    lr, *_ = debug
    assert lr > 0, "learning rate must be positive"
    arguments(debug, "out")


if __name__ == "__main__":
    main()
