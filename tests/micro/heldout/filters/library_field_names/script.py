import dataclasses

import yaml
from transformers import TrainingArguments

KNOWN = {f.name for f in dataclasses.fields(TrainingArguments)}


def split(cfg):
    known, rest = {}, {}
    for k, v in cfg.items():
        (known if k in KNOWN else rest)[k] = v
    return known, rest


def main():
    with open("config.yaml") as f:
        known, rest = split(yaml.safe_load(f))
    TrainingArguments(**known)
    if rest:
        print("unused:", sorted(rest))


if __name__ == "__main__":
    main()
