import json

from transformers import TrainingArguments

PREFIX = "t_"


def main():
    with open("config.json") as f:
        cfg = json.load(f)
    kwargs = {}
    for key in sorted(cfg, key=len, reverse=True):
        if key.startswith(PREFIX):
            kwargs[key[len(PREFIX):]] = cfg[key]
    TrainingArguments(**kwargs)


main()
