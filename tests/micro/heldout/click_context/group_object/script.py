import click
import yaml
from transformers import TrainingArguments


@click.group()
@click.option("--config", default="config.yaml")
@click.pass_context
def main(ctx, config):
    with open(config) as f:
        ctx.obj = yaml.safe_load(f)


@main.command()
@click.option("--steps", type=int, default=None)
@click.pass_context
def train(ctx, steps):
    cfg = ctx.obj
    TrainingArguments(
        output_dir=cfg["output_dir"],
        learning_rate=cfg["lr"],
        max_steps=steps if steps is not None else cfg["steps"],
    )


if __name__ == "__main__":
    main()
