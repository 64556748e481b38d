import yaml
from transformers import TrainingArguments

NUMERIC = ("learning_rate", "weight_decay")


def tidy(pair):
    name, value = pair
    return name, float(value) if name in NUMERIC else value


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    given = filter(lambda pair: pair[1] is not None, cfg["args"].items())
    TrainingArguments(**dict(map(tidy, given)))


main()
