import yaml
from pydantic import BaseModel, PositiveInt, field_validator
from gliner.training import TrainingArguments


class Schema(BaseModel):
    epochs: PositiveInt
    schedule: str
    threshold: float

    @field_validator("threshold")
    @classmethod
    def in_range(cls, v):
        if not 0 <= v <= 1:
            raise ValueError("threshold must be in [0, 1]")
        return v


def main():
    with open("config.yaml") as fh:
        raw = yaml.safe_load(fh)
    Schema(**raw)
    TrainingArguments(
        output_dir=raw["out"], num_train_epochs=raw["epochs"], lr_scheduler_type=raw["schedule"]
    )


if __name__ == "__main__":
    main()
