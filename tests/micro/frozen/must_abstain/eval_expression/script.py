import yaml
from transformers import TrainingArguments


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    values = {"out": cfg["out"]}
    for name, expression in cfg["derived"].items():
        values[name] = eval(expression, {}, dict(cfg["base"]))
    TrainingArguments(output_dir=values["out"], learning_rate=values["lr"], max_steps=values["steps"])


if __name__ == "__main__":
    main()
