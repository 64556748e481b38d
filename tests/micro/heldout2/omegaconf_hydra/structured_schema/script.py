from dataclasses import dataclass, field
from typing import Any

from gliner import GLiNER
from omegaconf import OmegaConf


@dataclass
class TrainSection:
    lr_encoder: float = 1e-5
    lr_others: float = 5e-5
    num_steps: int = 10000
    batch_size: int = 8
    eval_every: int = 500
    warmup_ratio: float = 0.05
    scheduler_type: str = "cosine"
    max_grad_norm: float = 10.0
    seed: int = 0


@dataclass
class ModelSection:
    pretrained: str = "urchade/gliner_small"
    max_len: int = 384
    dropout: float = 0.4


@dataclass
class Root:
    train: TrainSection = field(default_factory=TrainSection)
    model: ModelSection = field(default_factory=ModelSection)
    log_dir: str = "logs"


def load_cfg(path="config.yaml") -> Any:
    schema = OmegaConf.structured(Root)
    return OmegaConf.merge(schema, OmegaConf.load(path), OmegaConf.from_cli())


def main():
    cfg = load_cfg()
    model = GLiNER.from_pretrained(cfg.model.pretrained, max_length=cfg.model.max_len)
    section = cfg.train
    model.train_model(
        train_dataset=[],
        eval_dataset=[],
        output_dir=cfg.log_dir,
        learning_rate=section.lr_encoder,
        others_lr=section.lr_others,
        max_steps=section.num_steps,
        per_device_train_batch_size=section.batch_size,
        per_device_eval_batch_size=section.batch_size,
        eval_steps=section.eval_every,
        save_steps=section.eval_every,
        warmup_ratio=section.warmup_ratio,
        lr_scheduler_type=section.scheduler_type,
        seed=section.seed,
    )


if __name__ == "__main__":
    main()
