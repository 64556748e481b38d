from typing import Optional

import yaml
from pydantic import BaseModel
from transformers import TrainingArguments


class Train(BaseModel):
    output_dir: str
    learning_rate: float = 5e-5
    max_steps: Optional[int] = None
    warmup_ratio: Optional[float] = None
    run_name: Optional[str] = None


def main():
    with open("config.yaml") as fh:
        train = Train.model_validate(yaml.safe_load(fh))
    TrainingArguments(**train.model_dump(exclude_none=True))


if __name__ == "__main__":
    main()
