import yaml
from transformers import TrainingArguments


def load(path):
    with open(path) as stream:
        return yaml.safe_load(stream)


def main(debug=False):
    cfg = load("config.yaml")
    debug_layer = {"max_steps": 5, "logging_steps": 1} if debug else {}
    kwargs = {"report_to": "none", **cfg["common"], **cfg["train"], **debug_layer}
    return TrainingArguments(**kwargs)


if __name__ == "__main__":
    main()
