import os
from dataclasses import dataclass, field

from transformers import AutoModelForTokenClassification, HfArgumentParser, Trainer, TrainingArguments


@dataclass
class NerArguments:
    base_model: str = field(default="bert-base-cased", metadata={"help": "checkpoint"})
    data_dir: str = field(default="data")
    label_file: str = field(default="labels.txt")
    encoder_lr: float = field(default=2e-5)
    total_batch_size: int = field(default=32)
    run_tag: str = field(default="v1")
    lower: bool = field(default=False)


def parse():
    parser = HfArgumentParser((NerArguments, TrainingArguments))
    args, targs = parser.parse_args_into_dataclasses()
    targs.learning_rate = args.encoder_lr
    targs.output_dir = os.path.join(targs.output_dir, args.run_tag)
    targs.gradient_accumulation_steps = args.total_batch_size // targs.per_device_train_batch_size
    targs.remove_unused_columns = False
    return args, targs


def read_labels(args):
    path = os.path.join(args.data_dir, args.label_file)
    if os.path.exists(path):
        with open(path) as f:
            return f.read().splitlines()
    return ["O"]


def main():
    args, targs = parse()
    labels = read_labels(args)
    model = AutoModelForTokenClassification.from_pretrained(args.base_model, num_labels=len(labels))
    trainer = Trainer(model=model, args=targs, train_dataset=[], eval_dataset=[])
    if targs.do_train:
        trainer.train()
    if targs.do_eval:
        print(trainer.evaluate())


if __name__ == "__main__":
    main()
