import typer
from transformers import TrainingArguments

cli = typer.Typer()


def build(out: str, lr: float, **extra):
    return TrainingArguments(output_dir=out, learning_rate=lr, **extra)


@cli.command()
def pretrain(out: str = "p", lr: float = 1e-3, steps: int = 1000):
    build(out, lr, max_steps=steps)


@cli.command()
def finetune(out: str = "f", lr: float = 1e-5, epochs: float = 3.0, smoothing: float = 0.0):
    build(out, lr, num_train_epochs=epochs)


if __name__ == "__main__":
    cli()
