import json

import yaml
from datasets import load_dataset
from transformers import Trainer, TrainingArguments


def read(path, limit):
    with open(path) as f:
        return json.load(f)[:limit]


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    train = read(cfg["train_file"], cfg["limit"])
    held_out = load_dataset("json", data_files=cfg["eval_file"], split="train") if cfg["eval_file"] else None
    args = TrainingArguments(output_dir=cfg["out"], eval_strategy="no" if held_out is None else "epoch")
    Trainer(model=None, args=args, train_dataset=train, eval_dataset=held_out).train()


if __name__ == "__main__":
    main()
