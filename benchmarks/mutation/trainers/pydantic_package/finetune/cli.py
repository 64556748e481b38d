"""Command line."""

import argparse

from peft import get_peft_model
from transformers import AutoModelForCausalLM, Trainer

from .build import lora_config, training_arguments
from .settings import read_settings


def main(argv=None):
    parser = argparse.ArgumentParser(prog="finetune")
    parser.add_argument("config", nargs="?", default="config.yaml")
    settings = read_settings(parser.parse_args(argv).config)
    model = AutoModelForCausalLM.from_pretrained(settings.base_model)
    model = get_peft_model(model, lora_config(settings.adapter))
    Trainer(model=model, args=training_arguments(settings), train_dataset=[]).train()
