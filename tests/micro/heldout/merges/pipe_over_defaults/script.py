import yaml
from transformers import TrainingArguments

DEFAULTS = {"learning_rate": 5e-5, "num_train_epochs": 3, "weight_decay": 0.0}


def read(path):
    with open(path) as handle:
        return DEFAULTS | (yaml.safe_load(handle) or {})


def main():
    cfg = read("config.yaml")
    args = TrainingArguments(
        output_dir=cfg["output_dir"],
        learning_rate=cfg["learning_rate"],
        num_train_epochs=cfg["num_train_epochs"],
        weight_decay=cfg["weight_decay"],
    )
    print(args.output_dir)


if __name__ == "__main__":
    main()
