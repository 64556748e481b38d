import functools
import time

import yaml
from transformers import TrainingArguments

STEPS = {}


def timed(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        start = time.perf_counter()
        try:
            return fn(*args, **kwargs)
        finally:
            elapsed = time.perf_counter() - start
            assert elapsed >= 0

    return wrapper


def step(name):
    def register(fn):
        STEPS[name] = fn
        return fn

    return register


@step("train")
@timed
def train(cfg, *, resume=False):
    return TrainingArguments(output_dir=cfg["out"], learning_rate=cfg["lr"], max_steps=cfg["steps"])


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    STEPS[cfg["step"]](cfg)


if __name__ == "__main__":
    main()
