import yaml
from transformers import TrainingArguments


class Config:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
            with open("config.yaml") as f:
                cls._instance.values = yaml.safe_load(f)
        return cls._instance

    def __getitem__(self, name):
        return self.values[name]


def build():
    return TrainingArguments(output_dir=Config()["out"], seed=Config()["seed"])


def main():
    args = build()
    args.learning_rate = Config()["lr"]


main()
