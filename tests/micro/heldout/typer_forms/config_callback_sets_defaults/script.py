import typer
import yaml
from transformers import TrainingArguments

app = typer.Typer()


def from_file(ctx: typer.Context, value: str) -> str:
    with open(value) as handle:
        ctx.default_map = dict(yaml.safe_load(handle))
    return value


@app.command()
def main(
    config: str = typer.Option("config.yaml", callback=from_file, is_eager=True),
    output_dir: str = "o",
    learning_rate: float = 1e-4,
    epochs: int = 1,
    max_length: int = 512,
):
    TrainingArguments(output_dir=output_dir, learning_rate=learning_rate, num_train_epochs=epochs)


if __name__ == "__main__":
    app()
