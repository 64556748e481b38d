from peft import LoraConfig
from trl import SFTConfig, SFTTrainer

from .config import TrainConfig


def adapter(cfg: TrainConfig) -> LoraConfig:
    return LoraConfig(r=cfg.rank, lora_alpha=2 * cfg.rank, lora_dropout=cfg.dropout)


def trainer(cfg: TrainConfig):
    args = SFTConfig(output_dir=cfg.output, learning_rate=cfg.lr)
    return SFTTrainer(model=cfg.model, args=args, peft_config=adapter(cfg))
