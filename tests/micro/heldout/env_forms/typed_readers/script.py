import os

from transformers import TrainingArguments


def env_int(name, default):
    return int(os.environ.get(name, default))


def env_flag(name):
    return os.environ.get(name, "0").lower() in ("1", "true", "yes")


def main():
    TrainingArguments(
        output_dir=os.environ.get("OUT", "out"),
        per_device_train_batch_size=env_int("BATCH", 8),
        gradient_accumulation_steps=env_int("ACCUM", "1"),
        bf16=env_flag("BF16"),
    )
    os.environ["WANDB_PROJECT"] = os.environ.get("PROJECT", "demo")


main()
