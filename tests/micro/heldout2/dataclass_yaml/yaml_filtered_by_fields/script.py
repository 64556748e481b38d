import dataclasses
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

import yaml
from gliner import GLiNER

log = logging.getLogger("train")


@dataclass
class TrainConfig:
    model_id: str = "urchade/gliner_small-v2.1"
    output_dir: str = "models"
    max_steps: int = 1000
    train_batch_size: int = 8
    eval_batch_size: int = 8
    lr_encoder: float = 1e-5
    lr_others: float = 5e-5
    weight_decay_encoder: float = 0.01
    weight_decay_others: float = 0.01
    warmup_ratio: float = 0.1
    scheduler_type: str = "cosine"
    save_steps: int = 250
    logging_steps: int = 20
    save_total_limit: Optional[int] = 3
    loss_alpha: float = -1
    loss_gamma: float = 0
    max_grad_norm: float = 1.0


def load_config(path: Path) -> TrainConfig:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    known = {f.name for f in dataclasses.fields(TrainConfig)}
    unknown = set(data) - known
    if unknown:
        log.warning("ignoring unknown keys: %s", sorted(unknown))
    return TrainConfig(**{k: v for k, v in data.items() if k in known})


def main():
    cfg = load_config(Path("config.yaml"))
    model = GLiNER.from_pretrained(cfg.model_id)
    model.train_model(
        train_dataset=[],
        eval_dataset=[],
        output_dir=cfg.output_dir,
        max_steps=cfg.max_steps,
        per_device_train_batch_size=cfg.train_batch_size,
        per_device_eval_batch_size=cfg.train_batch_size,
        learning_rate=cfg.lr_encoder,
        others_lr=cfg.lr_others,
        weight_decay=cfg.weight_decay_encoder,
        others_weight_decay=cfg.weight_decay_others,
        warmup_ratio=cfg.warmup_ratio,
        lr_scheduler_type=cfg.scheduler_type,
        save_steps=cfg.save_steps,
        logging_steps=cfg.logging_steps,
        save_total_limit=cfg.save_total_limit,
        focal_loss_alpha=cfg.loss_alpha,
        focal_loss_gamma=cfg.loss_gamma,
    )


if __name__ == "__main__":
    main()
