import yaml
from pydantic import BaseModel, field_validator
from transformers import TrainingArguments


class Hparams(BaseModel):
    lr: float
    batch_size: int
    grad_accum: int = 1
    max_length: int = 512

    @field_validator("max_length")
    @classmethod
    def fits(cls, value):
        if not 16 <= value <= 8192:
            raise ValueError("max_length must lie between 16 and 8192")
        return value

    @property
    def effective_batch(self):
        return self.batch_size * self.grad_accum


def main():
    with open("config.yaml") as f:
        hp = Hparams(**yaml.safe_load(f))
    TrainingArguments(
        output_dir="out",
        learning_rate=hp.lr,
        per_device_train_batch_size=hp.batch_size,
        gradient_accumulation_steps=hp.grad_accum,
        warmup_steps=10_000 // hp.effective_batch,
    )


if __name__ == "__main__":
    main()
