from dataclasses import dataclass, fields

import yaml
from transformers import TrainingArguments


@dataclass
class Config:
    output_dir: str = "out"
    lr: float = 1e-4
    epochs: int = 1
    grad_clip: float = 1.0

    @classmethod
    def from_dict(cls, raw):
        names = {f.name for f in fields(cls)}
        return cls(**{k: v for k, v in raw.items() if k in names})

    def to_args(self):
        return TrainingArguments(
            output_dir=self.output_dir,
            learning_rate=self.lr,
            num_train_epochs=self.epochs,
            max_grad_norm=self.grad_clip,
        )


def main():
    with open("config.yaml") as fh:
        cfg = Config.from_dict(yaml.safe_load(fh))
    cfg.to_args()


if __name__ == "__main__":
    main()
