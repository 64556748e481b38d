import argparse
import random

import torch
import yaml
from transformers import AutoModelForTokenClassification, AutoTokenizer, Trainer, TrainingArguments


def get_parser():
    parser = argparse.ArgumentParser()
    parser.add_argument("-c", "--config", default="config.yaml")
    parser.add_argument("--model", default="bert-base-cased")
    parser.add_argument("--lr", type=float, default=5e-5)
    parser.add_argument("--bs", type=int, default=8)
    parser.add_argument("--grad_accum", type=int, default=1)
    parser.add_argument("--epochs", type=float, default=3)
    parser.add_argument("--fp16", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", default="out")
    parser.add_argument("--patience", type=int, default=3)
    return parser


def set_seed(seed):
    random.seed(seed)
    torch.manual_seed(seed)
    if torch.cuda.is_available():
        torch.cuda.manual_seed_all(seed)


def main():
    parser = get_parser()
    args, _ = parser.parse_known_args()
    with open(args.config) as f:
        parser.set_defaults(**yaml.safe_load(f))
    args = parser.parse_args()

    print("Arguments:")
    for k, v in sorted(vars(args).items()):
        print(f"  {k}: {v}")

    set_seed(args.seed)
    tok = AutoTokenizer.from_pretrained(args.model)
    model = AutoModelForTokenClassification.from_pretrained(args.model)

    targs = TrainingArguments(
        args.out,
        learning_rate=args.lr,
        per_device_train_batch_size=args.bs,
        gradient_accumulation_steps=args.grad_accum,
        num_train_epochs=args.epochs,
        fp16=args.fp16,
        seed=args.seed,
        save_total_limit=2,
        report_to="none",
    )
    trainer = Trainer(model=model, args=targs, train_dataset=None, tokenizer=tok)
    trainer.train()


if __name__ == "__main__":
    main()
