import yaml
from transformers import TrainingArguments

ACCEPTED = ("learning_rate", "num_train_epochs", "seed")


def train(output_dir, learning_rate=1e-5, num_train_epochs=3, seed=42, note=""):
    options = {k: v for k, v in locals().items() if k in ACCEPTED}
    return TrainingArguments(output_dir=output_dir, **options)


def main():
    with open("config.yaml") as f:
        train(**yaml.safe_load(f))


if __name__ == "__main__":
    main()
