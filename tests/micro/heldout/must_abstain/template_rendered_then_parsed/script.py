import string

import yaml
from transformers import TrainingArguments


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    text = string.Template(cfg["template"]).substitute(cfg["values"])
    TrainingArguments(**yaml.safe_load(text))


main()
