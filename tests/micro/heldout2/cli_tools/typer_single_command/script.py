from pathlib import Path
from typing import Optional

import torch
import typer
from datasets import load_dataset
from transformers import AutoModelForSequenceClassification, AutoTokenizer, Trainer, TrainingArguments

app = typer.Typer(help="Train a sentiment model")


def prepare(dataset_name: str, tokenizer, max_length: int, subset: Optional[int] = None):
    data = load_dataset(dataset_name)
    if subset:
        data = data.select(range(subset))
    return tokenizer(data["text"], max_length=max_length, truncation=True, padding="max_length")


@app.command()
def train(
    model_name: str = typer.Option("distilbert-base-uncased", "--model", "-m"),
    dataset: str = typer.Option("imdb", help="hub dataset"),
    output: Path = typer.Option(Path("out"), "--output", "-o"),
    lr: float = typer.Option(2e-5, "--lr"),
    epochs: int = typer.Option(3),
    batch_size: int = typer.Option(16),
    max_length: int = typer.Option(256),
    subset: Optional[int] = typer.Option(None),
    fp16: bool = typer.Option(False, "--fp16/--no-fp16"),
    weight_decay: float = typer.Option(0.01),
    warmup_steps: int = typer.Option(0),
    seed: int = typer.Option(42),
):
    """Fine-tune MODEL on DATASET."""
    torch.manual_seed(seed)
    tokenizer = AutoTokenizer.from_pretrained(model_name)
    model = AutoModelForSequenceClassification.from_pretrained(model_name)
    train_data = prepare(dataset, tokenizer, max_length, subset)
    args = TrainingArguments(
        output_dir=str(output / "checkpoints"),
        learning_rate=lr,
        num_train_epochs=epochs,
        per_device_train_batch_size=batch_size,
        fp16=fp16,
        weight_decay=weight_decay,
        logging_dir=str(output / "logs"),
    )
    trainer = Trainer(model=model, args=args, train_dataset=train_data)
    trainer.train()
    typer.echo(f"saved to {output}")


if __name__ == "__main__":
    app()
