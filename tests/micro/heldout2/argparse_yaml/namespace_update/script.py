import argparse
from pathlib import Path

import yaml
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, AutoTokenizer, Trainer, TrainingArguments


def str2bool(v):
    if isinstance(v, bool):
        return v
    return str(v).lower() in ("yes", "true", "t", "1")


def parse():
    p = argparse.ArgumentParser()
    p.add_argument("--cfg", type=Path, default=Path("config.yaml"))
    p.add_argument("--lora_r", type=int, default=8)
    p.add_argument("--lora_alpha", type=int, default=16)
    p.add_argument("--lora_dropout", type=float, default=0.05)
    p.add_argument("--use_lora", type=str2bool, default=True)
    p.add_argument("--gradient_checkpointing", type=str2bool, default=False)
    p.add_argument("--max_grad_norm", type=float, default=1.0)
    args = p.parse_args()
    cfg = yaml.safe_load(args.cfg.read_text())
    # everything in the yaml wins over the command line
    vars(args).update(cfg)
    return args


def main():
    args = parse()
    tokenizer = AutoTokenizer.from_pretrained(args.base_model)
    model = AutoModelForCausalLM.from_pretrained(args.base_model)

    if args.use_lora:
        lora = LoraConfig(
            r=args.lora_r,
            lora_alpha=args.lora_alpha,
            lora_dropout=args.lora_dropout,
            target_modules=args.target_modules,
            task_type="CAUSAL_LM",
        )
        model = get_peft_model(model, lora)

    targs = TrainingArguments(
        output_dir=args.output_dir,
        learning_rate=args.learning_rate,
        num_train_epochs=args.num_epochs,
        per_device_train_batch_size=args.micro_batch_size,
        gradient_checkpointing=args.gradient_checkpointing,
        max_grad_norm=0.3,
        logging_steps=10,
    )
    Trainer(model=model, args=targs, train_dataset=[]).train()
    tokenizer.save_pretrained(args.output_dir)


if __name__ == "__main__":
    main()
