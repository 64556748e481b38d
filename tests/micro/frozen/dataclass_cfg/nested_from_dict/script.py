from dataclasses import dataclass, field

import yaml
from transformers import TrainingArguments


@dataclass
class OptimConfig:
    lr: float = 5e-5
    betas: list = field(default_factory=lambda: [0.9, 0.999])
    weight_decay: float = 0.0


@dataclass
class Config:
    output_dir: str
    optim: OptimConfig = field(default_factory=OptimConfig)
    seed: int = 42

    @classmethod
    def from_yaml(cls, path):
        with open(path) as f:
            raw = yaml.safe_load(f)
        raw["optim"] = OptimConfig(**raw.get("optim", {}))
        return cls(**raw)


def main():
    cfg = Config.from_yaml("config.yaml")
    TrainingArguments(
        output_dir=cfg.output_dir,
        learning_rate=cfg.optim.lr,
        adam_beta1=cfg.optim.betas[0],
        adam_beta2=cfg.optim.betas[1],
        weight_decay=cfg.optim.weight_decay,
    )


if __name__ == "__main__":
    main()
