import argparse
import json
import os

import wandb
import yaml
from transformers import AutoModelForSequenceClassification, Trainer, TrainingArguments


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--config", default="config.yaml")
    ap.add_argument("--lr", type=float)
    ap.add_argument("--warmup", type=int)
    ap.add_argument("--run_name")
    ap.add_argument("--no_wandb", action="store_true")
    args = ap.parse_args()

    cfg = yaml.safe_load(open(args.config))
    train_cfg = cfg["training"]
    lr = args.lr or train_cfg["lr"]
    warmup = args.warmup or train_cfg.get("warmup_steps", 100)
    run_name = args.run_name or cfg.get("run_name") or "default-run"
    out = os.path.join(cfg["output_root"], run_name)

    if not args.no_wandb:
        wandb.init(project=cfg["wandb"]["project"], name=run_name, config=cfg)

    model = AutoModelForSequenceClassification.from_pretrained(cfg["model"]["name"])

    training_args = TrainingArguments(
        output_dir=out,
        run_name=run_name,
        learning_rate=lr,
        warmup_steps=warmup,
        per_device_train_batch_size=train_cfg["batch_size"],
        per_device_eval_batch_size=train_cfg.get("eval_batch_size", train_cfg["batch_size"]),
        num_train_epochs=train_cfg["epochs"],
        label_smoothing_factor=train_cfg.get("label_smoothing") or 0.1,
        report_to="none" if args.no_wandb else "wandb",
    )
    trainer = Trainer(model=model, args=training_args, train_dataset=[], eval_dataset=[])
    trainer.train()
    metrics = trainer.evaluate()
    print(json.dumps({"metrics": str(metrics)}))


if __name__ == "__main__":
    main()
