from pathlib import Path

from ruamel.yaml import YAML
from transformers import TrainingArguments


def main():
    yaml = YAML(typ="safe")
    cfg = yaml.load(Path("config.yaml"))
    args = TrainingArguments(output_dir=cfg["out"], learning_rate=float(cfg["optim"]["lr"]))
    args.weight_decay = cfg["optim"]["decay"]
    print("momentum", cfg["optim"]["momentum"])


main()
