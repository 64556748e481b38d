import os
from dataclasses import dataclass, field
from typing import List

import yaml
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForSequenceClassification, Trainer, TrainingArguments


@dataclass
class LoraSettings:
    r: int = 8
    alpha: int = 16
    dropout: float = 0.0
    targets: List[str] = field(default_factory=list)
    dora: bool = False

    def to_peft(self):
        return LoraConfig(
            r=self.r,
            lora_alpha=self.alpha,
            lora_dropout=self.dropout,
            target_modules=self.targets or None,
            task_type="SEQ_CLS",
        )


def apply_adapter(model, cfg):
    kind = cfg.get("adapter", "none")
    if kind == "none":
        return model
    if kind == "lora":
        return get_peft_model(model, LoraSettings(**cfg["lora"]).to_peft())
    raise ValueError(f"adapter {kind!r} is not supported")


def main():
    path = os.environ.get("TRAIN_CONFIG", "train.yaml")
    with open(path) as f:
        cfg = yaml.safe_load(f)
    model = AutoModelForSequenceClassification.from_pretrained(cfg["base"])
    model = apply_adapter(model, cfg)
    lr = cfg["lora_lr"] if cfg["adapter"] == "lora" else cfg["full_lr"]
    args = TrainingArguments(cfg["out"], learning_rate=lr, num_train_epochs=cfg["epochs"])
    Trainer(model=model, args=args, train_dataset=[]).train()


if __name__ == "__main__":
    main()
