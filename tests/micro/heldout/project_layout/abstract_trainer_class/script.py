from abc import ABC, abstractmethod

import yaml
from gliner import GLiNER


class BaseRunner(ABC):
    def __init__(self, cfg):
        self.cfg = cfg
        self.train_cfg = cfg["train"]

    @abstractmethod
    def load(self): ...

    def extra(self):
        return {}

    def run(self):
        model = self.load()
        model.train_model(
            train_dataset=[],
            eval_dataset=[],
            output_dir=self.cfg["out"],
            learning_rate=self.train_cfg["lr"],
            **self.extra(),
        )


class Gliner(BaseRunner):
    def load(self):
        return GLiNER.from_pretrained(self.cfg["model"])

    def extra(self):
        return {**super().extra(), "others_lr": self.train_cfg["others_lr"], "max_steps": self.train_cfg["steps"]}


def main():
    with open("config.yaml") as f:
        Gliner(yaml.safe_load(f)).run()


if __name__ == "__main__":
    main()
