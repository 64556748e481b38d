from dataclasses import dataclass

import yaml
from peft import LoraConfig
from transformers import TrainingArguments


@dataclass
class LoraSection:
    r: int
    alpha: int
    dropout: float = 0.0


@dataclass
class TrainSection:
    out: str
    lr: float
    clip: float = 1.0


@dataclass
class Config:
    lora: LoraSection
    train: TrainSection

    def __post_init__(self):
        if isinstance(self.lora, dict):
            self.lora = LoraSection(**self.lora)
        if isinstance(self.train, dict):
            self.train = TrainSection(**self.train)


def main():
    with open("config.yaml") as fh:
        cfg = Config(**yaml.safe_load(fh))
    LoraConfig(r=cfg.lora.r, lora_alpha=cfg.lora.alpha, lora_dropout=cfg.lora.dropout)
    TrainingArguments(output_dir=cfg.train.out, learning_rate=cfg.train.lr, max_grad_norm=1.0)


main()
