import contextlib

import yaml
from transformers import TrainingArguments

_ACTIVE = []


@contextlib.contextmanager
def settings(path):
    with open(path) as f:
        _ACTIVE.append(yaml.safe_load(f))
    try:
        yield _ACTIVE[-1]
    finally:
        _ACTIVE.pop()


def current(name):
    return _ACTIVE[-1][name]


def main():
    with settings("config.yaml") as cfg:
        TrainingArguments(output_dir=cfg["out"], learning_rate=current("lr"), warmup_steps=current("warmup"))


if __name__ == "__main__":
    main()
