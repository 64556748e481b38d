from pathlib import Path

import yaml
from peft import LoraConfig
from pydantic import BaseModel, Field
from transformers import TrainingArguments


class OptimSettings(BaseModel):
    lr: float = Field(gt=0)
    weight_decay: float = 0.01
    scheduler: str = "linear"


class LoraSettings(BaseModel):
    rank: int = Field(8, ge=1)
    alpha: int = 16
    merge_after: bool = False


class Settings(BaseModel):
    output_dir: Path
    optim: OptimSettings
    lora: LoraSettings | None = None


def main():
    settings = Settings.model_validate(yaml.safe_load(Path("config.yaml").read_text()))
    TrainingArguments(
        output_dir=str(settings.output_dir),
        learning_rate=settings.optim.lr,
        weight_decay=settings.optim.weight_decay,
        lr_scheduler_type=settings.optim.scheduler,
    )
    if settings.lora:
        LoraConfig(r=settings.lora.rank, lora_alpha=settings.lora.alpha)


if __name__ == "__main__":
    main()
