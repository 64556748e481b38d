import dataclasses
import json

from transformers import TrainingArguments


@dataclasses.dataclass
class Settings:
    output_dir: str
    learning_rate: float
    seed: int = 1
    name: str = dataclasses.field(default="run", metadata={"local": True})


def main():
    with open("config.json") as f:
        settings = Settings(**json.load(f))
    kwargs = {}
    for f in dataclasses.fields(settings):
        if f.metadata.get("local"):
            continue
        kwargs[f.name] = getattr(settings, f.name)
    TrainingArguments(**kwargs)


if __name__ == "__main__":
    main()
