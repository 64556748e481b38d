from pathlib import Path

import yaml
from transformers import TrainingArguments


class Runner:
    def __init__(self, config_file):
        self.cfg = yaml.safe_load(Path(config_file).read_text(encoding="utf-8"))
        self.training = self.cfg.get("training", {})

    def arguments(self):
        drop = ("name", "stage")
        return TrainingArguments(**{k: v for k, v in self.training.items() if k not in drop})

    def run(self):
        return self.arguments()


if __name__ == "__main__":
    Runner("config.yaml").run()
