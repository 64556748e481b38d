from typing import List, Optional

import typer
import yaml
from peft import LoraConfig
from trl import SFTConfig, SFTTrainer

DEFAULTS = {"lr": 2e-4, "epochs": 1, "batch_size": 2, "packing": True}


def parse_override(text):
    key, value = text.split("=", 1)
    return key.strip(), yaml.safe_load(value)


def build_config(path, overrides):
    cfg = dict(DEFAULTS)
    with open(path) as f:
        cfg.update(yaml.safe_load(f))
    for item in overrides or []:
        key, value = parse_override(item)
        cfg[key] = value
    return cfg


def main(
    config: str = typer.Argument("config.yaml"),
    override: Optional[List[str]] = typer.Option(None, "--override", "-x"),
    dry_run: bool = typer.Option(False, "--dry-run"),
):
    cfg = build_config(config, override)
    if dry_run:
        typer.echo(yaml.safe_dump(cfg))
        raise typer.Exit()
    peft_config = LoraConfig(r=cfg["lora"]["r"], lora_alpha=cfg["lora"]["alpha"], lora_dropout=0.05, bias="none")
    args = SFTConfig(
        output_dir=cfg["output_dir"],
        learning_rate=cfg["lr"],
        num_train_epochs=cfg["epochs"],
        per_device_train_batch_size=cfg["batch_size"],
        packing=cfg["packing"],
        max_length=cfg.get("max_seq_length", 2048),
    )
    trainer = SFTTrainer(model=cfg["model"], args=args, train_dataset=[], peft_config=peft_config)
    trainer.train()


if __name__ == "__main__":
    typer.run(main)
