import argparse
import json

from transformers import TrainingArguments


def main():
    parser = argparse.ArgumentParser(argument_default=argparse.SUPPRESS)
    parser.add_argument("--lr", type=float)
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--tag")
    cli = vars(parser.parse_args())
    with open("config.json") as f:
        cfg = json.load(f)
    cfg.update(cli)
    TrainingArguments(
        output_dir=cfg["out"], learning_rate=cfg["lr"], num_train_epochs=cfg["epochs"], run_name=cfg.get("tag")
    )


main()
