import os
from datetime import datetime

import yaml
from datasets import load_dataset
from transformers import AutoModelForSequenceClassification, AutoTokenizer, EarlyStoppingCallback, Trainer
from transformers import TrainingArguments


class TextClassifier:
    """Loads, trains and evaluates a classifier described by a yaml file."""

    def __init__(self, config_path="config.yaml"):
        self.config = self._load(config_path)
        self.model_cfg = self.config["model"]
        self.train_cfg = self.config["training"]
        self.eval_cfg = self.config.get("evaluation", {})
        self.tokenizer = None
        self.model = None

    @staticmethod
    def _load(path):
        with open(path, encoding="utf-8") as f:
            return yaml.safe_load(f)

    @property
    def output_dir(self):
        return os.path.join(self.config["paths"]["models"], self.model_cfg["alias"])

    def setup(self):
        self.tokenizer = AutoTokenizer.from_pretrained(self.model_cfg["base"])
        self.model = AutoModelForSequenceClassification.from_pretrained(self.model_cfg["base"])
        return self

    def _callbacks(self):
        patience = self.train_cfg.get("early_stopping_patience")
        return [EarlyStoppingCallback(early_stopping_patience=patience)] if patience else []

    def train(self):
        args = TrainingArguments(
            output_dir=self.output_dir,
            learning_rate=float(self.train_cfg["learning_rate"]),
            num_train_epochs=int(self.train_cfg["epochs"]),
            per_device_train_batch_size=self.train_cfg["batch_size"],
            per_device_eval_batch_size=self.eval_cfg.get("batch_size", 64),
            warmup_steps=self.train_cfg.get("warmup_step", 0),
            load_best_model_at_end=bool(self._callbacks()),
        )
        data = load_dataset("csv", data_dir=self.config["paths"]["data"])
        trainer = Trainer(self.model, args, train_dataset=data, callbacks=self._callbacks())
        trainer.train()
        return trainer

    def evaluate(self, trainer):
        metrics = trainer.evaluate()
        print(datetime.now().year, self.eval_cfg.get("metric"), metrics)


def main():
    clf = TextClassifier().setup()
    clf.evaluate(clf.train())


if __name__ == "__main__":
    main()
