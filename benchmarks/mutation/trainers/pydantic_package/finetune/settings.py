"""The config file, as models."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Optimisation(Strict):
    learning_rate: float = Field(2e-4, gt=0)
    weight_decay: float = Field(0.0, ge=0)
    epochs: int = Field(3, ge=1)
    batch_size: int = Field(4, ge=1)
    accumulation: int = Field(8, ge=1)
    warmup_steps: int = Field(100, ge=0)
    scheduler: str = "cosine"


class Adapter(Strict):
    rank: int = Field(16, ge=1)
    alpha: int = Field(32, ge=1)
    dropout: float = Field(0.05, ge=0, lt=1)
    targets: list[str] = ["q_proj", "v_proj"]


class Settings(Strict):
    base_model: str
    output: Path = Path("runs")
    seed: int = 42
    optimisation: Optimisation = Optimisation()
    adapter: Adapter = Adapter()


def read_settings(path: str) -> Settings:
    return Settings.model_validate(yaml.safe_load(Path(path).read_text(encoding="utf-8")))
