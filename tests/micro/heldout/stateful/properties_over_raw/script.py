from functools import cached_property

import yaml
from transformers import TrainingArguments


class Experiment:
    def __init__(self, path):
        self.path = path

    @cached_property
    def raw(self):
        with open(self.path) as f:
            return yaml.safe_load(f)

    @property
    def lr(self):
        return self.raw["base_lr"] * self.raw["batch"] / 256

    @property
    def name(self):
        return f"{self.raw['project']}-{self.raw['tag']}"

    @property
    def decay(self):
        return self.raw["decay"]


def main():
    e = Experiment("config.yaml")
    TrainingArguments(
        output_dir=e.name, run_name=e.name, learning_rate=e.lr, per_device_train_batch_size=e.raw["batch"]
    )


if __name__ == "__main__":
    main()
