import json

from gliner import GLiNER
from pydantic import BaseModel, ConfigDict, Field


class GlinerJob(BaseModel):
    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    base: str = Field(alias="pretrained")
    encoder_lr: float = Field(alias="lr")
    head_lr: float = 5e-5
    steps: int = 1000


def main():
    with open("job.json") as f:
        job = GlinerJob(**json.load(f))
    GLiNER.from_pretrained(job.base).train_model(
        [], [], output_dir="models", learning_rate=job.encoder_lr, others_lr=job.head_lr, max_steps=job.steps
    )


if __name__ == "__main__":
    main()
