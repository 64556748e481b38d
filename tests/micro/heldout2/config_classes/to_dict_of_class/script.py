import json

import wandb
from transformers import AutoModelForTokenClassification, Trainer, TrainingArguments


DEFAULTS = {
    "model_name": "xlm-roberta-base",
    "lr": 3e-5,
    "batch_size": 16,
    "num_epochs": 10,
    "warmup_ratio": 0.1,
    "weight_decay": 0.01,
    "fp16": True,
    "output_dir": "xlmr-ner",
    "early_stop": 3,
}


class Hparams:
    def __init__(self, **overrides):
        for k, v in {**DEFAULTS, **overrides}.items():
            setattr(self, k, v)

    def to_dict(self):
        return {k: v for k, v in self.__dict__.items() if not k.startswith("_")}

    def save(self, path):
        with open(path, "w") as f:
            json.dump(self.to_dict(), f, indent=2)


def build_args(hp):
    return TrainingArguments(
        output_dir=hp.output_dir,
        learning_rate=hp.lr,
        per_device_train_batch_size=hp.batch_size,
        per_device_eval_batch_size=hp.batch_size * 2,
        num_train_epochs=hp.num_epochs,
        warmup_ratio=hp.warmup_ratio,
        weight_decay=hp.weight_decay,
        save_strategy="no",
        report_to=["wandb"],
    )


def main():
    hp = Hparams()
    wandb.init(project="ner", config=hp.to_dict())
    model = AutoModelForTokenClassification.from_pretrained(hp.model_name)
    if hp.fp16:
        model.half()
    trainer = Trainer(model=model, args=build_args(hp), train_dataset=[])
    trainer.train()
    hp.save("hparams.json")


if __name__ == "__main__":
    main()
