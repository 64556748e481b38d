import json

from pydantic import BaseModel, ConfigDict
from transformers import TrainingArguments

BASE = {"output_dir": "base", "seed": 1, "learning_rate": 1e-5}


class Override(BaseModel):
    model_config = ConfigDict(extra="forbid")

    output_dir: str = ""
    seed: int = 0
    learning_rate: float = 0.0
    comment: str = ""


def main():
    with open("override.json") as fh:
        over = Override.model_validate_json(fh.read())
    merged = {**BASE, **over.model_dump(exclude_unset=True, exclude={"comment"})}
    TrainingArguments(**merged)
    print(over.comment)


main()
