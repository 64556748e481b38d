import yaml
from pydantic import BaseModel, model_validator
from transformers import TrainingArguments


class Plan(BaseModel):
    lr: float = 1e-5
    lr_ref_batch: int = 32
    batch: int = 32
    scale_lr: bool = False

    @model_validator(mode="after")
    def scale(self):
        if self.scale_lr:
            self.lr = self.lr * self.batch / self.lr_ref_batch
        return self


def main():
    plan = Plan.model_validate(yaml.safe_load(open("config.yaml")))
    TrainingArguments(output_dir="out", learning_rate=plan.lr, per_device_train_batch_size=plan.batch)


if __name__ == "__main__":
    main()
