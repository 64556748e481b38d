import yaml
from pydantic import BaseModel, Field
from transformers import TrainingArguments


class Config(BaseModel):
    out: str
    lr: float = Field(gt=0)
    batch: int = Field(8, ge=1, alias="batch_size")
    clip: float = 1.0


def main():
    with open("config.yaml") as fh:
        cfg = Config(**yaml.safe_load(fh))
    cfg = cfg.model_copy(update={"clip": 5.0})
    TrainingArguments(
        output_dir=cfg.out,
        learning_rate=cfg.lr,
        per_device_train_batch_size=cfg.batch,
        max_grad_norm=cfg.clip,
    )


if __name__ == "__main__":
    main()
