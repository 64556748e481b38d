import os
from dataclasses import dataclass, field

import yaml
from transformers import TrainingArguments


@dataclass
class Config:
    root: str
    name: str
    global_batch: int
    micro_batch: int
    workers: int = 2
    out: str = field(init=False)
    accumulate: int = field(init=False)

    def __post_init__(self):
        self.out = os.path.join(self.root, self.name)
        self.accumulate = self.global_batch // self.micro_batch
        self.workers = 4


def main():
    with open("config.yaml") as fh:
        cfg = Config(**yaml.safe_load(fh))
    TrainingArguments(
        output_dir=cfg.out,
        gradient_accumulation_steps=cfg.accumulate,
        per_device_train_batch_size=cfg.micro_batch,
        dataloader_num_workers=cfg.workers,
    )


if __name__ == "__main__":
    main()
