import argparse
import json

import torch
import yaml
from gliner import GLiNER


def load(path):
    with open(path) as f:
        return yaml.safe_load(f)


def train(cfg):
    t = cfg["train"]
    model = GLiNER.from_pretrained(cfg["model"])
    model.train_model(
        train_dataset=[],
        eval_dataset=[],
        output_dir=t["out"],
        learning_rate=t["lr"],
        others_lr=t["others_lr"],
        max_steps=t["steps"],
        per_device_train_batch_size=t["batch_size"],
        per_device_eval_batch_size=cfg["eval"]["batch_size"],
    )


def evaluate(cfg):
    e = cfg["eval"]
    model = GLiNER.from_pretrained(e["checkpoint"])
    scores = model.evaluate([], threshold=e["threshold"], flat_ner=e["flat"], batch_size=e["batch_size"])
    print(json.dumps(str(scores)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("mode", nargs="?", choices=["train", "eval"], default="train")
    parser.add_argument("--config", default="config.yaml")
    args = parser.parse_args()
    cfg = load(args.config)
    torch.manual_seed(cfg.get("seed", 0))
    {"train": train, "eval": evaluate}[args.mode](cfg)


if __name__ == "__main__":
    main()
