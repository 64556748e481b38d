import yaml
from transformers import TrainingArguments


def first(cfg, *names, default=None):
    for name in names:
        if name in cfg:
            return cfg[name]
    else:
        return default


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    TrainingArguments(
        output_dir=first(cfg, "output_dir", "out", "save_to"),
        learning_rate=first(cfg, "learning_rate", "lr", default=5e-5),
        seed=first(cfg, "random_seed", default=0),
    )


if __name__ == "__main__":
    main()
