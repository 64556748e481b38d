import copy
import os

import torch
import wandb
import yaml
from transformers import AutoModelForSequenceClassification, Trainer, TrainingArguments


def run(cfg, lr):
    name = f"{cfg['name']}-lr{lr}"
    wandb.init(project=cfg["project"], name=name, config=cfg, reinit=True)
    torch.manual_seed(cfg["seed"])
    model = AutoModelForSequenceClassification.from_pretrained(cfg["model"])
    args = TrainingArguments(
        output_dir=os.path.join(cfg["root"], name),
        run_name=name,
        learning_rate=lr,
        per_device_train_batch_size=cfg["batch_size"],
        num_train_epochs=cfg["epochs"],
        weight_decay=cfg["weight_decay"],
        report_to=["wandb"],
    )
    trainer = Trainer(model=model, args=args, train_dataset=[], eval_dataset=[])
    trainer.train()
    wandb.finish()
    return trainer.evaluate()


def main():
    with open("sweep.yaml") as f:
        base = yaml.safe_load(f)
    results = {}
    for lr in base["sweep"]["learning_rates"]:
        cfg = copy.deepcopy(base)
        results[lr] = run(cfg, lr)
    for lr in results:
        print(lr, results[lr])


if __name__ == "__main__":
    main()
