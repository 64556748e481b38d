import yaml
from transformers import TrainingArguments


def section(cfg, name):
    try:
        return cfg[name]
    except KeyError:
        return {}


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    train = section(cfg, "train")
    try:
        lr = float(train["lr"])
    except (KeyError, TypeError, ValueError):
        lr = 5e-5
    TrainingArguments(output_dir=train.get("out", "out"), learning_rate=lr, seed=section(cfg, "misc").get("seed", 42))


if __name__ == "__main__":
    main()
