import click
from transformers import TrainingArguments

RENAMED = {"lr": "learning_rate", "batch": "per_device_train_batch_size", "workers": "dataloader_num_workers"}


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--out", default="out")
@click.option("--lr", type=float, default=1e-4)
@click.option("--batch", type=int, default=8)
@click.option("--workers", type=int, default=2)
@click.option("--resume", is_flag=True)
def cli(out, resume, **hyper):
    """Train with the given hyper-parameters."""
    args = TrainingArguments(output_dir=out, **{RENAMED[name]: value for name, value in hyper.items()})
    if resume:
        click.echo(f"resuming from {args.output_dir}")


if __name__ == "__main__":
    cli()
