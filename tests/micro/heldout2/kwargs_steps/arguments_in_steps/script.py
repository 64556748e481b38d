import argparse
import os

import torch
from transformers import AutoModelForCausalLM, Trainer, TrainingArguments


def get_args():
    ap = argparse.ArgumentParser()
    ap.add_argument("--model", default="gpt2")
    ap.add_argument("--out", default="out")
    ap.add_argument("--lr", type=float, default=5e-5)
    ap.add_argument("--bs", type=int, default=8)
    ap.add_argument("--epochs", type=int, default=None)
    ap.add_argument("--max_steps", type=int, default=None)
    ap.add_argument("--fp16", action="store_true")
    ap.add_argument("--bf16", action="store_true")
    ap.add_argument("--deepspeed", default=None)
    ap.add_argument("--wandb_run", default=None)
    ap.add_argument("--eval_steps", type=int, default=0)
    ap.add_argument("--warmup", type=float, default=0.0)
    ap.add_argument("--torch_compile", action="store_true")
    return ap.parse_args()


def training_kwargs(args):
    kwargs = dict(output_dir=args.out, learning_rate=args.lr, per_device_train_batch_size=args.bs)
    if args.fp16:
        kwargs["fp16"] = True
    elif args.bf16:
        kwargs["bf16"] = True
    if args.max_steps:
        kwargs["max_steps"] = args.max_steps
    else:
        kwargs["num_train_epochs"] = args.epochs or 3
    if args.deepspeed is not None:
        kwargs.update(deepspeed=args.deepspeed)
    if args.eval_steps > 0:
        kwargs.update({"eval_strategy": "steps", "eval_steps": args.eval_steps})
    if args.warmup < 1:
        kwargs["warmup_ratio"] = args.warmup
    else:
        kwargs["warmup_steps"] = int(args.warmup)
    if args.wandb_run:
        os.environ["WANDB_NAME"] = args.wandb_run
        kwargs["report_to"] = "wandb"
    kwargs.setdefault("report_to", "none")
    return kwargs


def main():
    args = get_args()
    model = AutoModelForCausalLM.from_pretrained(args.model, torch_dtype=torch.float32)
    targs = TrainingArguments(**training_kwargs(args))
    Trainer(model=model, args=targs, train_dataset=[]).train()


if __name__ == "__main__":
    main()
