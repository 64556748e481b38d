import os

import yaml
from transformers import TrainingArguments


def main():
    with open("config.yaml") as f:
        cfg = yaml.safe_load(f)
    os.environ["CUDA_VISIBLE_DEVICES"] = str(cfg["gpu"])
    os.environ.setdefault("TOKENIZERS_PARALLELISM", cfg["parallel_tokenizers"])
    os.environ.update({"WANDB_PROJECT": cfg["tracking"]["project"], "WANDB_MODE": "offline"})
    TrainingArguments(output_dir=cfg["out"], report_to="wandb")


if __name__ == "__main__":
    main()
