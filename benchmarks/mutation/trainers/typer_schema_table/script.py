"""Train a span model, with or without LoRA; every field of the config is checked against a table."""

import json
from pathlib import Path

import typer
import yaml
from gliner import GLiNER
from peft import LoraConfig, get_peft_model

app = typer.Typer(add_completion=False)

# path, type, default, check
SCHEMA = [
    ("model.base", str, None, None),
    ("data.train", str, None, None),
    ("training.output_dir", str, None, None),
    ("training.learning_rate", float, 1e-5, "positive"),
    ("training.others_lr", float, 5e-5, "positive"),
    ("training.weight_decay", float, 0.01, "non_negative"),
    ("training.max_steps", int, 1000, "positive"),
    ("training.warmup_ratio", float, 0.1, "non_negative"),
    ("training.masking", str, "none", ("none", "global")),
    ("lora.enabled", bool, None, None),
    ("lora.r", int, None, "positive"),
    ("lora.alpha", int, None, "positive"),
    ("lora.dropout", float, None, "non_negative"),
    ("lora.target_modules", list, None, None),
]
REQUIRED = ("model.base", "data.train", "training.output_dir", "lora.enabled", "lora.r", "lora.alpha", "lora.dropout")


def look_up(config, path):
    node = config
    for part in path.split("."):
        node = node.get(part) if isinstance(node, dict) else None
    return node


def problem(value, kind, check):
    if not isinstance(value, kind):
        return f"expected {kind.__name__}, got {value!r}"
    if check == "positive" and value <= 0:
        return f"{value} is not positive"
    if check == "non_negative" and value < 0:
        return f"{value} is negative"
    if isinstance(check, tuple) and value not in check:
        return f"{value!r} is none of {check}"
    return None


def validate(config):
    errors = []
    for path, kind, _default, check in SCHEMA:
        value = look_up(config, path)
        if value is None:
            if path in REQUIRED:
                errors.append(f"{path} is required")
        elif text := problem(value, kind, check):
            errors.append(f"{path}: {text}")
    return errors


def apply_lora(model, lora):
    if not lora["enabled"]:
        return model
    adapter = LoraConfig(
        r=lora["r"],
        lora_alpha=lora["alpha"],
        lora_dropout=lora["dropout"],
        target_modules=lora.get("target_modules"),
        bias="none",
    )
    return get_peft_model(model, adapter)


def template():
    """The text of an empty config: every field with its default."""
    lines = [f"{path}: {default}" for path, _kind, default, _check in SCHEMA]
    return "\n".join(lines)


@app.command()
def main(config_path: Path = Path("config.yaml")):
    config = yaml.safe_load(config_path.read_text(encoding="utf-8"))
    errors = validate(config)
    if errors:
        typer.echo("\n".join([*errors, "fields and defaults:", template()]), err=True)
        raise typer.Exit(code=2)
    training = config["training"]
    model = GLiNER.from_pretrained(config["model"]["base"])
    model.model = apply_lora(model.model, config["lora"])
    train = json.loads(Path(config["data"]["train"]).read_text(encoding="utf-8"))
    model.train_model(
        train_dataset=train,
        eval_dataset=[],
        output_dir=training["output_dir"],
        learning_rate=training.get("learning_rate", 1e-5),
        others_lr=training.get("others_lr", 5e-5),
        weight_decay=training.get("weight_decay", 0.01),
        max_steps=training.get("max_steps", 1000),
        warmup_ratio=training.get("warmup_ratio", 0.1),
        masking=training.get("masking", "none"),
    )


if __name__ == "__main__":
    app()
