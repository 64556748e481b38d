from functools import partial

import yaml
from transformers import Trainer, TrainingArguments


def make_factory(cfg):
    lr = cfg["lr"]

    def factory(output_dir, **overrides):
        return TrainingArguments(output_dir=output_dir, learning_rate=lr, seed=cfg["seed"], **overrides)

    return factory


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    factory = make_factory(cfg)
    quick = partial(factory, max_steps=cfg["quick_steps"])
    scale = lambda n: n * cfg["world_size"]  # noqa: E731
    args = quick(cfg["out"], logging_steps=scale(10))
    Trainer(None, args).train()


if __name__ == "__main__":
    main()
