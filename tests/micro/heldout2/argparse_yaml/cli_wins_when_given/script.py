import argparse
import logging
import os

import torch
import yaml
from datasets import load_dataset
from transformers import AutoModelForSequenceClassification, AutoTokenizer, Trainer, TrainingArguments

logging.basicConfig(level=logging.INFO)
logger = logging.getLogger(__name__)


def parse_args():
    parser = argparse.ArgumentParser(description="Fine-tune a text classifier")
    parser.add_argument("--config", type=str, default="config.yaml", help="path to the yaml file")
    parser.add_argument("--learning_rate", type=float, default=None)
    parser.add_argument("--batch_size", type=int, default=None)
    parser.add_argument("--epochs", type=int, default=None)
    parser.add_argument("--output_dir", type=str, default=None)
    parser.add_argument("--resume", action="store_true", help="resume from the last checkpoint")
    return parser.parse_args()


def load_config(args):
    with open(args.config, "r") as f:
        config = yaml.safe_load(f)
    for key in ("learning_rate", "batch_size", "epochs", "output_dir"):
        value = getattr(args, key)
        if value is not None:
            config[key] = value
    return config


def main():
    args = parse_args()
    config = load_config(args)
    logger.info("Config: %s", config)

    torch.manual_seed(config["seed"])
    os.makedirs(config["output_dir"], exist_ok=True)

    tokenizer = AutoTokenizer.from_pretrained(config["model_name"])
    model = AutoModelForSequenceClassification.from_pretrained(config["model_name"], num_labels=config["num_labels"])
    dataset = load_dataset(config["dataset"])
    dataset = dataset.map(lambda x: tokenizer(x["text"], truncation=True, max_length=config["max_length"]))

    training_args = TrainingArguments(
        output_dir=config["output_dir"],
        learning_rate=float(config["learning_rate"]),
        per_device_train_batch_size=config["batch_size"],
        per_device_eval_batch_size=config["batch_size"],
        num_train_epochs=config["epochs"],
        weight_decay=config.get("weight_decay", 0.01),
        logging_steps=50,
        eval_strategy="epoch",
        save_strategy="epoch",
        load_best_model_at_end=True,
    )
    trainer = Trainer(
        model=model,
        args=training_args,
        train_dataset=dataset["train"],
        eval_dataset=dataset["validation"],
        processing_class=tokenizer,
    )
    trainer.train(resume_from_checkpoint=args.resume)
    trainer.save_model(config["output_dir"])


if __name__ == "__main__":
    main()
