import click
from peft import LoraConfig
from transformers import TrainingArguments


@click.command()
@click.option("--output", "output_dir", default="out")
@click.option("--lr", type=float, default=1e-4, show_default=True)
@click.option("--epochs", type=int, default=3)
@click.option("--lora-r", default=8)
@click.option("--lora-alpha", default=16)
@click.option("--bf16/--no-bf16", default=True)
@click.option("--target", "targets", multiple=True, default=("query", "value"))
@click.option("--tag", default=None)
def main(output_dir, lr, epochs, lora_r, lora_alpha, bf16, targets, tag):
    LoraConfig(r=lora_r, lora_alpha=lora_alpha, target_modules=list(targets))
    TrainingArguments(output_dir=output_dir, learning_rate=lr, num_train_epochs=epochs, bf16=bf16)


if __name__ == "__main__":
    main()
