import argparse

from gliner import GLiNER
from gliner.training import Trainer, TrainingArguments


def parse_args():
    parser = argparse.ArgumentParser(description="Fine-tune GLiNER on a span corpus")
    parser.add_argument("--model", default="urchade/gliner_medium-v2.1")
    parser.add_argument("--output-dir", default="models")
    parser.add_argument("--lr", type=float, default=5e-6)
    parser.add_argument("--others-lr", type=float, default=1e-5)
    parser.add_argument("--batch-size", "-b", type=int, default=8)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--size", type=int, default=-1, help="train on this many examples")
    parser.add_argument("--fp16", action="store_true")
    return parser.parse_args()


def main():
    args = parse_args()
    model = GLiNER.from_pretrained(args.model)
    training_args = TrainingArguments(
        output_dir=args.output_dir,
        learning_rate=args.lr,
        others_lr=args.others_lr,
        per_device_train_batch_size=args.batch_size,
        per_device_eval_batch_size=args.batch_size,
        num_train_epochs=args.epochs,
        fp16=args.fp16,
    )
    Trainer(model=model, args=training_args, train_dataset=[], eval_dataset=[]).train()


if __name__ == "__main__":
    main()
