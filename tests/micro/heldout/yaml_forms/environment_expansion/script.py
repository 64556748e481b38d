import os

import yaml
from transformers import TrainingArguments


def expand(node):
    if isinstance(node, dict):
        return {k: expand(v) for k, v in node.items()}
    if isinstance(node, list):
        return [expand(v) for v in node]
    if isinstance(node, str):
        return os.path.expandvars(node)
    return node


def main():
    with open("config.yaml") as f:
        cfg = expand(yaml.safe_load(f))
    TrainingArguments(
        output_dir=cfg["paths"]["out"],
        logging_dir=os.path.join(cfg["paths"]["out"], cfg["paths"]["logs"]),
        optim=cfg["optim"],
    )


main()
