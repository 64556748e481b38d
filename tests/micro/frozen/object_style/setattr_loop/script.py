import yaml
from transformers import TrainingArguments


class Options:
    lr = 5e-5
    epochs = 3
    seed = 42
    clip = 1.0

    def __init__(self, **overrides):
        for name, value in overrides.items():
            if not hasattr(self, name):
                raise AttributeError(f"unknown option {name}")
            setattr(self, name, value)


def main():
    with open("config.yaml") as f:
        raw = yaml.safe_load(f)
    o = Options(**raw)
    TrainingArguments(output_dir="out", learning_rate=o.lr, num_train_epochs=o.epochs, max_grad_norm=o.clip)


if __name__ == "__main__":
    main()
