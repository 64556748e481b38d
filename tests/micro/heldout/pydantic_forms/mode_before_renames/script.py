import yaml
from pydantic import BaseModel, computed_field, model_validator
from transformers import TrainingArguments


class Config(BaseModel):
    out: str
    learning_rate: float
    devices: int = 1
    per_device: int = 8
    drop_last: bool = False

    @model_validator(mode="before")
    @classmethod
    def accept_old_names(cls, data):
        if "lr" in data:
            data["learning_rate"] = data.pop("lr")
        return data

    @computed_field
    @property
    def total(self) -> int:
        return self.devices * self.per_device


def main():
    with open("config.yaml") as fh:
        cfg = Config.model_validate(yaml.safe_load(fh))
    TrainingArguments(
        output_dir=f"{cfg.out}-bs{cfg.total}",
        learning_rate=cfg.learning_rate,
        per_device_train_batch_size=cfg.per_device,
    )


main()
