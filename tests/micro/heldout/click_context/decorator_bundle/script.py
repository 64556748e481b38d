import functools

import click
from peft import LoraConfig
from transformers import TrainingArguments


def lora_options(command):
    @click.option("--rank", type=int, default=8)
    @click.option("--alpha", type=int, default=16)
    @click.option("--targets", default="q_proj,v_proj")
    @functools.wraps(command)
    def wrapper(*args, **kwargs):
        return command(*args, **kwargs)

    return wrapper


@click.command()
@click.option("--out", default="o")
@lora_options
def main(out, rank, alpha, targets):
    LoraConfig(r=rank, lora_alpha=alpha, target_modules=["q_proj", "v_proj"])
    TrainingArguments(output_dir=out)


if __name__ == "__main__":
    main()
