from dataclasses import dataclass, fields

import yaml


@dataclass
class TrainConfig:
    model: str = "gpt2"
    output: str = "out"
    lr: float = 1e-4
    rank: int = 8
    dropout: float = 0.0
    packing: bool = False


def load(path):
    with open(path) as f:
        raw = yaml.safe_load(f)
    unknown = set(raw) - {f.name for f in fields(TrainConfig)}
    if unknown:
        raise SystemExit(f"unknown keys: {sorted(unknown)}")
    return TrainConfig(**raw)
