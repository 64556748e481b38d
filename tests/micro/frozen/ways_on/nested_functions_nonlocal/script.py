import yaml
from transformers import TrainingArguments


def plan(cfg):
    lr = cfg["lr"]
    steps = 0

    def add(count):
        nonlocal steps
        steps += count

    def scaled(factor=cfg.get("factor", 1.0)):
        return lr * factor

    for stage in cfg["stages"]:
        add(stage["steps"])
    return scaled(), steps


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    lr, steps = plan(cfg)
    TrainingArguments(output_dir="out", learning_rate=lr, max_steps=steps)


if __name__ == "__main__":
    main()
