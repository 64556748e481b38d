import torch
import yaml
from transformers import Trainer, TrainingArguments


class LayerwiseTrainer(Trainer):
    def __init__(self, *args, head_lr=None, head_decay=0.0, **kwargs):
        super().__init__(*args, **kwargs)
        self.head_lr = head_lr
        self.head_decay = head_decay

    def create_optimizer(self):
        self.optimizer = torch.optim.AdamW([], lr=self.head_lr, weight_decay=self.head_decay)
        return self.optimizer


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    args = TrainingArguments(output_dir=cfg["out"], learning_rate=cfg["lr"], optim=cfg["optim"])
    trainer = LayerwiseTrainer(model=None, args=args, head_lr=cfg["head_lr"], head_decay=cfg["head_decay"])
    trainer.create_optimizer()
    trainer.train()


if __name__ == "__main__":
    main()
