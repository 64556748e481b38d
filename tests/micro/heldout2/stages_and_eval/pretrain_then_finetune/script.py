import os

import yaml
from transformers import AutoModelForMaskedLM, AutoModelForSequenceClassification, Trainer, TrainingArguments


def stage_arguments(common, stage):
    return TrainingArguments(
        output_dir=os.path.join(common["root"], stage["name"]),
        learning_rate=stage["lr"],
        num_train_epochs=stage.get("epochs", common.get("epochs", 1)),
        per_device_train_batch_size=stage.get("batch_size", common["batch_size"]),
        seed=common["seed"],
        fp16=common.get("fp16", False),
    )


def pretrain(cfg):
    stage = cfg["stages"]["mlm"]
    model = AutoModelForMaskedLM.from_pretrained(cfg["model"])
    trainer = Trainer(model=model, args=stage_arguments(cfg["common"], stage), train_dataset=[])
    trainer.train()
    return os.path.join(cfg["common"]["root"], stage["name"])


def finetune(cfg, checkpoint):
    stage = cfg["stages"]["clf"]
    model = AutoModelForSequenceClassification.from_pretrained(checkpoint, num_labels=stage["labels"])
    trainer = Trainer(model=model, args=stage_arguments(cfg["common"], stage), train_dataset=[])
    trainer.train()


def main():
    with open("stages.yaml") as f:
        cfg = yaml.safe_load(f)
    checkpoint = pretrain(cfg) if cfg["stages"]["mlm"]["run"] else cfg["model"]
    finetune(cfg, checkpoint)


if __name__ == "__main__":
    main()
