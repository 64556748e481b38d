import argparse

import yaml
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, Trainer, TrainingArguments


def flatten(config):
    flat = {}
    for section, values in config.items():
        if isinstance(values, dict):
            for k, v in values.items():
                flat[k] = v
        else:
            flat[section] = values
    return flat


def get_args():
    with open("config.yaml") as f:
        conf = yaml.safe_load(f)
    return argparse.Namespace(**flatten(conf))


def main():
    args = get_args()
    model = AutoModelForCausalLM.from_pretrained(args.name)
    if args.rank > 0:
        model = get_peft_model(model, LoraConfig(r=args.rank, lora_alpha=2 * args.rank))
    targs = TrainingArguments(
        output_dir=args.save_dir,
        learning_rate=args.lr,
        weight_decay=args.weight_decay,
        num_train_epochs=args.epochs,
        lr_scheduler_type=args.schedule,
    )
    trainer = Trainer(model, targs, train_dataset=[])
    trainer.train()


if __name__ == "__main__":
    main()
