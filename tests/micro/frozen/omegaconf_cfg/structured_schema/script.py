from dataclasses import dataclass, field

from omegaconf import OmegaConf
from transformers import TrainingArguments


@dataclass
class Optim:
    lr: float = 1e-5
    wd: float = 0.0


@dataclass
class Experiment:
    out: str = "out"
    seed: int = 0
    optim: Optim = field(default_factory=Optim)


def main():
    cfg = OmegaConf.merge(OmegaConf.structured(Experiment), OmegaConf.load("config.yaml"))
    TrainingArguments(output_dir=cfg.out, learning_rate=cfg.optim.lr, weight_decay=cfg.optim.wd)


if __name__ == "__main__":
    main()
