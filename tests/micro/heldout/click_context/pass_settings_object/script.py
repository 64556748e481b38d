from dataclasses import dataclass

import click
from gliner.training import TrainingArguments


@dataclass
class Settings:
    workdir: str
    seed: int


pass_settings = click.make_pass_decorator(Settings)


@click.group()
@click.option("--workdir", default="w")
@click.option("--seed", default=0, type=int)
@click.pass_context
def main(ctx, workdir, seed):
    ctx.obj = Settings(workdir=workdir, seed=seed)


@main.command("train")
@click.option("--lr", "learning_rate", type=float, default=1e-5)
@click.option("--lr-others", "others_lr", type=float, default=5e-5)
@click.option("--freeze/--no-freeze", default=False)
@pass_settings
def train(settings, learning_rate, others_lr, freeze):
    TrainingArguments(output_dir=settings.workdir, learning_rate=others_lr, others_lr=learning_rate)


if __name__ == "__main__":
    main()
