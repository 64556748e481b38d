import json

from peft import LoraConfig
from transformers import TrainingArguments


def make_lora(rank, alpha, **options):
    return LoraConfig(r=rank, lora_alpha=alpha)


def make_args(out, **options):
    options.pop("lora", None)
    return TrainingArguments(output_dir=out, **options)


def main():
    with open("config.json") as f:
        cfg = json.load(f)
    make_lora(**cfg["lora"])
    make_args(**cfg)


main()
