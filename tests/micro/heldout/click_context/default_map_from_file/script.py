import json

import click
from transformers import TrainingArguments


@click.command()
@click.option("--epochs", type=int, default=1)
@click.option("--lr", type=float, default=5e-5)
@click.option("--out", default="out")
@click.option("--patience", type=int, default=3)
def main(epochs, lr, out, patience):
    TrainingArguments(output_dir=out, num_train_epochs=epochs, learning_rate=lr)


if __name__ == "__main__":
    with open("defaults.json") as handle:
        main(default_map=json.load(handle))
