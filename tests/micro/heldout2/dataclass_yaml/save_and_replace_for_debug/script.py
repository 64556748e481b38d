import argparse
import dataclasses
import json
import os
from dataclasses import dataclass

import yaml
from transformers import AutoModelForSeq2SeqLM, Trainer, TrainingArguments


@dataclass(frozen=True)
class Cfg:
    checkpoint: str
    save_dir: str
    lr: float
    steps: int
    bs: int
    eval_every: int = 100
    label_smoothing: float = 0.0
    num_beams: int = 4
    lowercase: bool = False


def read(path):
    with open(path) as f:
        return Cfg(**yaml.load(f, Loader=yaml.SafeLoader))


def cli():
    p = argparse.ArgumentParser()
    p.add_argument("config", nargs="?", default="config.yaml")
    p.add_argument("--debug", action="store_true")
    return p.parse_args()


def main():
    opts = cli()
    cfg = read(opts.config)
    if opts.debug:
        cfg = dataclasses.replace(cfg, steps=2, eval_every=1)
    os.makedirs(cfg.save_dir, exist_ok=True)
    with open(os.path.join(".", "used_config.json"), "w") as f:
        json.dump(dataclasses.asdict(cfg), f)

    model = AutoModelForSeq2SeqLM.from_pretrained(cfg.checkpoint)
    args = TrainingArguments(
        output_dir=cfg.save_dir,
        learning_rate=cfg.lr,
        max_steps=cfg.steps,
        per_device_train_batch_size=cfg.bs,
        per_device_eval_batch_size=cfg.bs,
        eval_strategy="steps",
        eval_steps=cfg.eval_every,
        save_steps=cfg.eval_every,
        label_smoothing_factor=cfg.label_smoothing,
    )
    Trainer(model=model, args=args).train()


if __name__ == "__main__":
    main()
