import attr
import json

from transformers import TrainingArguments


@attr.s(auto_attribs=True)
class Args:
    output_dir: str
    seed: int
    learning_rate: float
    weight_decay: float = 0.0
    note: str = ""


def main():
    with open("config.json") as f:
        given = Args(**json.load(f))
    kwargs = attr.asdict(given, filter=lambda attribute, value: attribute.name != "note")
    kwargs["weight_decay"] = 0.01
    TrainingArguments(**kwargs)


main()
