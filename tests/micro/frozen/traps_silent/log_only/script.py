import logging

import wandb
import yaml
from transformers import Trainer, TrainingArguments

logger = logging.getLogger(__name__)


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    wandb.init(project=cfg["project"], config=cfg)
    logger.info("max length %s, focal gamma %s", cfg["max_length"], cfg["gamma"])
    print(f"gradient clipping at {cfg['clip']}")
    Trainer(model=None, args=TrainingArguments(output_dir=cfg["out"], learning_rate=cfg["lr"])).train()


if __name__ == "__main__":
    main()
