import json

import click
import torch
from torch.optim import AdamW
from torch.utils.data import DataLoader
from transformers import AutoModelForTokenClassification, AutoTokenizer


@click.group()
@click.option("--seed", default=42, type=int)
@click.option("--device", default="cpu")
@click.pass_context
def cli(ctx, seed, device):
    ctx.ensure_object(dict)
    ctx.obj["seed"] = seed
    ctx.obj["device"] = device
    torch.manual_seed(seed)


@cli.command()
@click.argument("model_name")
@click.option("--lr", default=3e-5, type=float, show_default=True)
@click.option("--bs", "batch_size", default=16, type=int)
@click.option("--epochs", default=3, type=int)
@click.option("--wd", "weight_decay", default=0.0, type=float)
@click.option("--clip", default=1.0, type=float)
@click.option("--out", default="model")
@click.pass_context
def train(ctx, model_name, lr, batch_size, epochs, weight_decay, clip, out):
    model = AutoModelForTokenClassification.from_pretrained(model_name)
    model.to(ctx.obj["device"])
    loader = DataLoader([], batch_size=batch_size, shuffle=True)
    optimizer = AdamW(model.parameters(), lr=lr, weight_decay=weight_decay)
    for epoch in range(epochs):
        optimizer.zero_grad()
        for batch in loader:
            model(**batch).loss.backward()
            optimizer.step()
        click.echo(json.dumps({"epoch": epoch}))
    model.save_pretrained(out)


@cli.command()
@click.argument("checkpoint")
@click.option("--bs", "batch_size", default=64, type=int)
@click.option("--threshold", default=0.5, type=float)
def evaluate(checkpoint, batch_size, threshold):
    model = AutoModelForTokenClassification.from_pretrained(checkpoint)
    tokenizer = AutoTokenizer.from_pretrained(checkpoint)
    loader = DataLoader(tokenizer([]), batch_size=batch_size)
    hits = model.evaluate(loader, threshold=threshold)
    click.echo(hits)


if __name__ == "__main__":
    cli()
