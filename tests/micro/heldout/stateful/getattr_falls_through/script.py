import json

from transformers import TrainingArguments


class Settings:
    def __init__(self, path):
        with open(path) as f:
            self._data = json.load(f)

    def __getattr__(self, name):
        try:
            return self._data[name]
        except KeyError:
            raise AttributeError(name) from None


def main():
    s = Settings("config.json")
    TrainingArguments(
        output_dir=s.out, learning_rate=s.lr, warmup_ratio=getattr(s, "warmup", 0.0)
    )


main()
