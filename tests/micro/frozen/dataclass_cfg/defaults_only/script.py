from dataclasses import dataclass

from transformers import Trainer, TrainingArguments


@dataclass
class FinetuneConfig:
    base_model: str = "xlm-roberta-base"
    output_dir: str = "checkpoints"
    lr: float = 2e-5
    epochs: int = 3
    batch_size: int = 16
    patience: int = 2
    use_bf16: bool = False


def main():
    cfg = FinetuneConfig()
    args = TrainingArguments(
        output_dir=cfg.output_dir,
        learning_rate=cfg.lr,
        num_train_epochs=cfg.epochs,
        per_device_train_batch_size=cfg.batch_size,
        per_device_eval_batch_size=cfg.batch_size * 2,
        bf16=cfg.use_bf16,
    )
    Trainer(model=None, args=args).train()


if __name__ == "__main__":
    main()
