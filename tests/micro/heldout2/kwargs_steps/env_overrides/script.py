import json
import logging
import os

import yaml
from transformers import AutoModelForSequenceClassification, Trainer, TrainingArguments

logging.basicConfig(level=os.environ.get("LOG_LEVEL", "INFO"))
log = logging.getLogger("train")


def load():
    with open(os.getenv("CONFIG", "config.yaml")) as f:
        cfg = yaml.safe_load(f)
    # container settings win
    if os.getenv("LEARNING_RATE"):
        cfg["learning_rate"] = float(os.environ["LEARNING_RATE"])
    if os.getenv("SM_MODEL_DIR"):
        cfg["output_dir"] = os.environ["SM_MODEL_DIR"]
    cfg["num_workers"] = int(os.environ.get("NUM_WORKERS", cfg.get("num_workers", 0)))
    cfg["hub_token"] = os.environ.get("HF_TOKEN")
    return cfg


def main():
    cfg = load()
    log.info("config: %s", json.dumps({k: v for k, v in cfg.items() if k != "hub_token"}))
    model = AutoModelForSequenceClassification.from_pretrained(cfg["model"], token=cfg["hub_token"])
    args = TrainingArguments(
        output_dir=cfg["output_dir"],
        learning_rate=cfg["learning_rate"],
        per_device_train_batch_size=cfg["batch_size"],
        num_train_epochs=float(os.getenv("EPOCHS", "3")),
        dataloader_num_workers=cfg["num_workers"],
    )
    Trainer(model=model, args=args, train_dataset=[]).train()


if __name__ == "__main__":
    main()
