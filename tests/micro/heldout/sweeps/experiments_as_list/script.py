import json

from transformers import TrainingArguments


def main():
    with open("sweep.json") as f:
        sweep = json.load(f)
    base = sweep["base"]
    for index, point in enumerate(sweep["points"]):
        settings = {**base, **point}
        name = settings.pop("name", str(index))
        TrainingArguments(output_dir=f"runs/{name}", **settings)


main()
