import argparse

from transformers import TrainingArguments


def main(argv=None):
    parser = argparse.ArgumentParser()
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--bf16", action="store_true")
    group.add_argument("--fp16", action="store_true")
    parser.add_argument("--no-checkpointing", dest="checkpointing", action="store_false")
    parser.add_argument("-b", "--batch-size", type=int, default=8)
    parser.add_argument("--tf32", action="store_true")
    opts = parser.parse_args(argv)
    TrainingArguments(
        output_dir="out",
        bf16=opts.bf16,
        fp16=opts.fp16,
        gradient_checkpointing=opts.checkpointing,
        per_device_train_batch_size=opts.batch_size,
        per_device_eval_batch_size=2 * opts.batch_size,
    )


if __name__ == "__main__":
    main()
