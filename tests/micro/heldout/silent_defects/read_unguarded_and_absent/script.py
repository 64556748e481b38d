import yaml
from transformers import TrainingArguments


def main():
    with open("config.yaml") as f:
        train = yaml.safe_load(f)["train"]
    warmup = train["warmup_ratio"]
    TrainingArguments(output_dir=train["out"], learning_rate=train["lr"], warmup_ratio=warmup)


if __name__ == "__main__":
    main()
