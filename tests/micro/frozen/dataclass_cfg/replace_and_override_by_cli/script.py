import argparse
from dataclasses import dataclass, fields, replace

from transformers import TrainingArguments


@dataclass(frozen=True)
class Config:
    out: str = "out"
    lr: float = 1e-5
    epochs: int = 3
    grad_clip: float = 1.0


def from_cli(config):
    parser = argparse.ArgumentParser()
    for f in fields(Config):
        parser.add_argument(f"--{f.name}", type=f.type if isinstance(f.type, type) else str, default=None)
    given = {k: v for k, v in vars(parser.parse_args()).items() if v is not None}
    return replace(config, **given)


def main():
    cfg = from_cli(Config())
    TrainingArguments(output_dir=cfg.out, learning_rate=cfg.lr, num_train_epochs=cfg.epochs)


if __name__ == "__main__":
    main()
