import hydra
from omegaconf import DictConfig
from peft import LoraConfig
from transformers import Trainer, TrainingArguments


@hydra.main(version_base=None, config_path="conf", config_name="train")
def main(cfg: DictConfig) -> None:
    args = TrainingArguments(
        output_dir=cfg.trainer.output_dir,
        learning_rate=cfg.trainer.lr,
        num_train_epochs=cfg.trainer.epochs,
        fp16=cfg.trainer.mixed,
    )
    adapter = LoraConfig(**cfg.lora) if cfg.use_lora else None
    Trainer(model=None, args=args).train()
    return adapter


if __name__ == "__main__":
    main()
