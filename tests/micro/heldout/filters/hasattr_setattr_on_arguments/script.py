import yaml
from transformers import TrainingArguments


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    args = TrainingArguments(output_dir="out")
    for key, value in cfg["training"].items():
        if hasattr(args, key):
            setattr(args, key, value)
        else:
            print("ignored:", key)


main()
