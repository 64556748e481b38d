import attrs
import yaml
from transformers import TrainingArguments


@attrs.define
class Config:
    output_dir: str
    lr: float = attrs.field(converter=float)
    epochs: int = 3
    patience: int = 2


def main():
    with open("config.yaml") as fh:
        cfg = Config(**yaml.safe_load(fh))
    short = attrs.evolve(cfg, epochs=1)
    for c in (short, cfg):
        TrainingArguments(output_dir=c.output_dir, learning_rate=c.lr, num_train_epochs=c.epochs)


if __name__ == "__main__":
    main()
