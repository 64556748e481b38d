import argparse

import yaml
from transformers import AutoModelForTokenClassification, Trainer, TrainingArguments, set_seed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", default="config.yaml")
    args = parser.parse_args()
    with open(args.config, encoding="utf-8") as handle:
        config = yaml.safe_load(handle)

    set_seed(config["seed"])
    model = AutoModelForTokenClassification.from_pretrained(config["model"]["name"], num_labels=9)
    optim = config["optim"]
    targs = TrainingArguments(
        output_dir=config["paths"]["output"],
        learning_rate=float(optim["lr"]),
        weight_decay=optim["weight_decay"],
        num_train_epochs=optim["epochs"],
        warmup_ratio=optim.get("warmup", 0.1),
        report_to="none",
    )
    Trainer(model=model, args=targs, train_dataset=[]).train()


if __name__ == "__main__":
    main()
