import json

from peft import LoraConfig
from transformers import TrainingArguments


def main():
    with open("config.json") as f:
        cfg = json.load(f)
    rank = cfg.pop("lora_r", 8)
    alpha = cfg.pop("lora_alpha", 16)
    cfg.pop("comment", None)
    LoraConfig(r=rank, lora_alpha=2 * rank)
    TrainingArguments(**cfg)


main()
