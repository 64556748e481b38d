import yaml
from gliner.training import TrainingArguments

ALLOWED = ["output_dir", "learning_rate", "others_lr", "weight_deacy", "max_steps"]


def pick(cfg, names):
    return {name: cfg[name] for name in names if name in cfg}


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    TrainingArguments(**pick(cfg, ALLOWED))


if __name__ == "__main__":
    main()
