import yaml
from transformers import TrainingArguments


def with_cli(args, extra):
    args = {**args, **extra}
    args["max_steps"] = extra.get("max_steps", -1)


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    args = {"output_dir": cfg["out"], "seed": cfg["seed"]}
    with_cli(args, cfg["extra"])
    TrainingArguments(**args)


main()
