import argparse

import yaml
from transformers import TrainingArguments


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--config", default="config.yaml")
    ap.add_argument("--set", nargs="*", default=[], metavar="KEY=VALUE")
    ns = ap.parse_args()
    with open(ns.config) as f:
        cfg = yaml.safe_load(f)
    for item in ns.set:
        key, _, text = item.partition("=")
        cfg[key] = yaml.safe_load(text)
    TrainingArguments(output_dir=cfg["output_dir"], seed=cfg["seed"], learning_rate=cfg["lr"])


if __name__ == "__main__":
    main()
